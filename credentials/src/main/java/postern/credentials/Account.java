package postern.credentials;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody, or something, that may have app passwords.
 *
 * @param loginName the one it is known by; others may lead to it, see {@link AccountStore#addAlias}
 * @param enabled a disabled one keeps everything and opens nothing
 * @param mailbox its name upstream, which most often is the login name
 * @param role of a person who administers this server; who may do less than they must not act on them
 */
public record Account(
        LoginName loginName,
        Holder holder,
        boolean enabled,
        LoginName mailbox,
        Optional<Role> role,
        Instant createdAt) {

    /** Who stands behind it. */
    public sealed interface Holder {

        /**
         * A human being.
         *
         * @param secondStep whether the person signs in to the portal with two steps, as far as we know
         * @param group one of the operator's, which may have its mail elsewhere
         */
        record Person(boolean secondStep, Optional<String> group) implements Holder {

            public Person {
                group = group.map(name -> groupName("group", name));
            }

            /** Of no group. */
            public Person(boolean secondStep) {
                this(secondStep, Optional.empty());
            }
        }

        /**
         * A scanner, an ERP system: nobody who could sign in.
         *
         * @param ownerGroup who looks after it
         */
        record Device(String ownerGroup) implements Holder {

            public Device {
                ownerGroup = groupName("owner_group", ownerGroup);
            }
        }
    }

    private static final int MAX_GROUP = 60;

    public Account {
        if (role.isPresent() && (holder instanceof Holder.Device || role.get() == Role.AUTOMATION)) {
            throw new IllegalArgumentException(
                    "role: " + role.get() + " (expected: one of a person's, of a person, and not of a device)");
        }
    }

    private static String groupName(String what, String typed) {
        String name = typed.strip();
        if (name.isEmpty() || name.length() > MAX_GROUP || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + ": not one (expected: 1 to " + MAX_GROUP + " characters, none of them a control character)");
        }
        return name;
    }

    /** A person who reads mail under the name they log in with. */
    public static Account person(LoginName name, Instant createdAt) {
        return new Account(name, new Holder.Person(false), true, name, Optional.empty(), createdAt);
    }

    public static Account device(LoginName name, String ownerGroup, Instant createdAt) {
        return new Account(name, new Holder.Device(ownerGroup), true, name, Optional.empty(), createdAt);
    }

    /** The group that the holder belongs to, if they do to any. */
    public Optional<String> group() {
        return switch (holder) {
            case Holder.Person(boolean _, Optional<String> group) -> group;
            case Holder.Device(String ownerGroup) -> Optional.of(ownerGroup);
        };
    }

    public boolean isDevice() {
        return holder instanceof Holder.Device;
    }

    public Account withEnabled(boolean other) {
        return new Account(loginName, holder, other, mailbox, role, createdAt);
    }

    public Account withHolder(Holder other) {
        return new Account(loginName, other, enabled, mailbox, role, createdAt);
    }

    public Account withMailbox(LoginName other) {
        return new Account(loginName, holder, enabled, other, role, createdAt);
    }

    public Account withRole(Optional<Role> other) {
        return new Account(loginName, holder, enabled, mailbox, other, createdAt);
    }
}

package postern.credentials;

import static postern.credentials.Permission.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What somebody is here for. Each may do what is listed, and nothing else. */
public enum Role {
    /** Everything, and so makes the others what they are. */
    OWNER(3, EnumSet.allOf(Permission.class)),
    /** People, policy and upstreams; not who administers, nor keys. */
    ADMINISTRATOR(
            2, EnumSet.complementOf(EnumSet.of(ROLES_WRITE, TOKENS_WRITE, KEYS_WRITE, EXPORTS_WRITE, SYSTEM_OPERATE))),
    /** Helps people who cannot log in; never sees nor makes a secret of theirs. */
    SUPPORT(
            1,
            EnumSet.of(
                    USERS_READ,
                    APP_PASSWORDS_READ,
                    APP_PASSWORDS_REVOKE,
                    SESSIONS_READ,
                    SESSIONS_END,
                    HOLDS_READ,
                    HOLDS_CLEAR,
                    REPORTS_READ,
                    GRANTS_READ,
                    GRANTS_RENEW)),
    /** Reads what was done, and changes nothing. */
    AUDITOR(1, EnumSet.of(AUDIT_READ, AUDIT_EXPORT, POLICY_READ, REPORTS_READ, ENTRIES_READ, TOKENS_READ, KEYS_READ)),
    /** Keeps it running; has nothing to do with people's data. */
    OPERATOR(
            1,
            EnumSet.of(
                    SYSTEM_READ,
                    SYSTEM_OPERATE,
                    UPSTREAMS_READ,
                    UPSTREAMS_TEST,
                    ENTRIES_READ,
                    ENTRIES_WRITE,
                    KEYS_READ)),
    /** A program: exactly what its token says, and never who administers. */
    AUTOMATION(1, EnumSet.complementOf(EnumSet.of(ROLES_WRITE, TOKENS_WRITE, KEYS_WRITE)));

    private static final Map<String, Role> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Role::toString, Function.identity()));

    private final int rank;

    @SuppressWarnings("ImmutableEnumChecker") // it is a copy
    private final Set<Permission> permissions;

    Role(int rank, Set<Permission> permissions) {
        this.rank = rank;
        this.permissions = Set.copyOf(permissions);
    }

    public static Optional<Role> named(String text) {
        return Optional.ofNullable(BY_NAME.get(text));
    }

    /** All that one of these may ever do. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** Whether one of these may act on somebody who is that; nobody acts on those above. */
    public boolean mayActOn(Optional<Role> other) {
        return other.isEmpty() || other.get().rank <= rank;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package postern.credentials.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import postern.credentials.LoginName;

/**
 * That we may log in to one mailbox upstream, and how it stands with that. All but the secret, which
 * only {@link GrantVault#open} hands out.
 *
 * @param owner whose mailbox; what serves all mailboxes of a domain is owned by the domain, as a bare
 *     name: {@code example.org}
 * @param upstream the upstream's name in the configuration
 * @param givenFor who may be shown what comes of it, as {@link Purpose} says it
 * @param version of the secret: another one, another version. Who has an older one changes nothing
 * @param createdAt when the owner gave it
 * @param refreshedAt when it last worked; empty before the first time
 * @param trouble why it last failed; empty while it works
 * @param expiresAt when it dies at the latest if nobody uses it; empty when nobody can say
 */
public record Grant(
        GrantId id,
        LoginName owner,
        String upstream,
        Purpose givenFor,
        GrantKind kind,
        GrantState state,
        long version,
        Instant createdAt,
        Optional<Instant> refreshedAt,
        Optional<Trouble> trouble,
        Optional<Instant> expiresAt)
        implements Bound {

    private static final int MAX_UPSTREAM = 200;

    public Grant {
        if (upstream.isEmpty() || upstream.length() > MAX_UPSTREAM) {
            throw new IllegalArgumentException(
                    "upstream: " + upstream.length() + " characters (expected: 1 to " + MAX_UPSTREAM + ")");
        }
        if (upstream.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("upstream: has a control character (expected: none)");
        }
    }

    @Override
    public String use() {
        return "postern grant 1";
    }

    @Override
    public List<String> terms() {
        return List.of(id.value(), owner.value(), upstream, givenFor.text(), kind.name());
    }

    @Override
    public String told() {
        return "grant " + id;
    }

    @Override
    public String toldOwner() {
        return owner + " at " + upstream;
    }

    /** How many whole days are left to it; zero when it may be dead already. */
    public Optional<Long> daysLeft(Instant now) {
        return expiresAt.map(end -> Math.max(0, Duration.between(now, end).toDays()));
    }

    /** It worked. */
    public Grant renewed(Instant at, Optional<Instant> end) {
        return in(GrantState.WORKING, version, Optional.of(at), Optional.empty(), end);
    }

    /** It did not work this time. One that its owner has to give again is not made better by an outage. */
    public Grant failed(Trouble why) {
        return state == GrantState.NEEDS_CONSENT
                ? this
                : in(GrantState.FAILING, version, refreshedAt, Optional.of(why), expiresAt);
    }

    /** It will not work again. */
    public Grant refused(Trouble why) {
        return in(GrantState.NEEDS_CONSENT, version, refreshedAt, Optional.of(why), expiresAt);
    }

    /** Nobody is to use it any more, nor to put back what was drawn from it. */
    public Grant revoked() {
        return in(GrantState.REVOKED, version + 1, refreshedAt, Optional.empty(), Optional.empty());
    }

    /** The same grant, by another secret. */
    public Grant rotated() {
        return in(state, version + 1, refreshedAt, trouble, expiresAt);
    }

    private Grant in(
            GrantState next, long nextVersion, Optional<Instant> worked, Optional<Trouble> why, Optional<Instant> end) {
        return new Grant(id, owner, upstream, givenFor, kind, next, nextVersion, createdAt, worked, why, end);
    }
}

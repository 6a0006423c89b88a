package postern.credentials.administration;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.Change;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenStore.Revocation;
import postern.credentials.administration.CallerOutcome.Known;
import postern.credentials.administration.CallerOutcome.Reason;
import postern.credentials.administration.CallerOutcome.Refused;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenIssue.NoSuchToken;
import postern.credentials.administration.TokenIssue.NotToBeRotated;
import postern.credentials.administration.TokenIssue.Why;

/**
 * The tokens of the admin API: makes them, takes them back, and says of who shows one who they are.
 *
 * <pre>
 *            ╭── rotate: another in its place, both for a while ──╮
 * issue → ACTIVE ── unused ──→ SUSPENDED ── rotate ───────────────┴→ the next, ACTIVE
 *            ├── time ──→ EXPIRED
 *            ╰── revoke, leaked ──→ REVOKED
 * </pre>
 *
 * <p>Nobody gives what they do not have, and a program gives nothing. Waits for the store; never on an event loop.
 */
public final class ApiTokens {

    /** For so long the old one may work beside the new. */
    public static final Duration MOST_OVERLAP = Duration.ofDays(7);

    private final ApiTokenStore store;
    private final TokenUses uses;
    private final TokenLife life;
    private final SecureRandom random;
    private final RecentTokens recent;

    public ApiTokens(ApiTokenStore store, TokenUses uses, TokenLife life, SecureRandom random, Ticker ticker) {
        this.store = store;
        this.uses = uses;
        this.life = life;
        this.random = random;
        this.recent = new RecentTokens(store, ticker);
    }

    /**
     * Makes one.
     *
     * @param maker who asks for it
     * @throws IllegalArgumentException when there can be none like that
     */
    public TokenIssue issue(TokenOrder order, Caller maker, By by) throws StoreUnavailableException {
        Instant now = by.at().truncatedTo(ChronoUnit.MILLIS);
        Instant end = life.end(order.expiresAt(), now);
        Optional<Why> objection = objection(maker, order.role(), order.permissions());
        if (objection.isPresent()) {
            return new TokenIssue.Refused(objection.get());
        }
        ApiToken token = ApiToken.draw(random);
        ApiTokenRecord made = made(order.name(), order.role(), order.scopes(), order.networks(), end, by);
        store.add(made, token.sha256(), by);
        return new Made(made, token);
    }

    /**
     * Puts another in the place of one, which can do the same and lives as long.
     *
     * @param overlap for how long the old one goes on working, if it would
     * @throws IllegalArgumentException when that is too long
     */
    public TokenIssue rotate(ApiTokenId id, Duration overlap, Caller maker, By by) throws StoreUnavailableException {
        if (overlap.isNegative() || overlap.compareTo(MOST_OVERLAP) > 0) {
            throw new IllegalArgumentException(
                    "overlap: " + overlap + " (expected: 0 to " + MOST_OVERLAP.toDays() + " days)");
        }
        Optional<ApiTokenRecord> found = store.get(id);
        if (found.isEmpty()) {
            return new NoSuchToken(id);
        }
        ApiTokenRecord old = found.get();
        Optional<Why> objection = objection(maker, old.role(), old.permissions());
        if (objection.isPresent()) {
            return new TokenIssue.Refused(objection.get());
        }
        return rotate(old, overlap, by);
    }

    private TokenIssue rotate(ApiTokenRecord old, Duration overlap, By by) throws StoreUnavailableException {
        Instant now = by.at().truncatedTo(ChronoUnit.MILLIS);
        boolean works = switch (old.state(now)) {
            case ACTIVE, SUSPENDED -> true;
            case EXPIRED, REVOKED -> false;
        };
        if (!works || old.rotatedTo().isPresent()) {
            return new NotToBeRotated(old);
        }
        ApiToken token = ApiToken.draw(random);
        ApiTokenRecord next = made(old.name(), old.role(), old.scopes(), old.networks(), life.again(old, now), by);
        Instant latest = now.plus(overlap);
        Instant end = latest.isBefore(old.expiresAt()) ? latest : old.expiresAt();
        return store.rotate(old.endingAt(end, next.id()), next, token.sha256(), by)
                ? new Made(next, token)
                : new NotToBeRotated(old);
    }

    private static Optional<Why> objection(Caller maker, Role role, Set<Permission> permissions) {
        if (maker.role() == Role.AUTOMATION) {
            return Optional.of(Why.AUTOMATION);
        }
        boolean theirs =
                maker.permissions().containsAll(permissions) && maker.role().mayActOn(Optional.of(role));
        return theirs ? Optional.empty() : Optional.of(Why.MORE_THAN_THEIRS);
    }

    private ApiTokenRecord made(
            String name,
            Role role,
            Optional<Set<Permission>> scopes,
            List<SourceNetwork> networks,
            Instant end,
            By by) {
        return new ApiTokenRecord(
                ApiTokenId.draw(random),
                name,
                role,
                scopes,
                networks,
                by.at().truncatedTo(ChronoUnit.MILLIS),
                Optional.of(by.actor()),
                end,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** By their ids, so many at most. */
    public List<ApiTokenRecord> after(Optional<ApiTokenId> last, int limit) throws StoreUnavailableException {
        return store.after(last, limit);
    }

    public Optional<ApiTokenRecord> get(ApiTokenId id) throws StoreUnavailableException {
        return store.get(id);
    }

    /** Whether somebody has been made an owner by a token before. */
    public boolean hadOwner() throws StoreUnavailableException {
        return store.hadOwner();
    }

    /** When it returns, no node takes it any more; false when there was none of this id that was not revoked. */
    public boolean revoke(ApiTokenId id, By by) throws StoreUnavailableException {
        return store.revoke(id, Revocation.ASKED, by);
    }

    /** Somebody has found this where it should not be. They never hear whether it is one. */
    public void leaked(String found, By by) throws StoreUnavailableException {
        Optional<ApiToken> token = ApiToken.parse(found.strip());
        if (token.isPresent()) {
            Optional<ApiTokenRecord> known = store.find(token.get().sha256());
            if (known.filter(one -> one.revokedAt().isEmpty()).isPresent()) { // a stranger who guesses makes no writer
                store.revoke(known.get().id(), Revocation.LEAKED, by);
            }
        }
    }

    /** Who it is that shows this. */
    public CallerOutcome caller(String presented, InetAddress client, Instant now) throws StoreUnavailableException {
        Optional<ApiToken> token = ApiToken.parse(presented);
        if (token.isEmpty()) {
            return Refused.of(Reason.NO_TOKEN);
        }
        Optional<ApiTokenRecord> found = recent.of(token.get());
        if (found.isEmpty()) {
            return Refused.of(Reason.UNKNOWN);
        }
        ApiTokenRecord known = found.get();
        Optional<Reason> objection = objection(known, client, now);
        if (objection.isPresent()) {
            return new Refused(objection.get(), Optional.of(known.id()));
        }
        uses.note(known.id(), new TokenUse(now.truncatedTo(ChronoUnit.MILLIS), Optional.of(client)));
        return new Known(known.caller());
    }

    private static Optional<Reason> objection(ApiTokenRecord known, InetAddress client, Instant now) {
        return switch (known.state(now)) {
            case REVOKED -> Optional.of(Reason.REVOKED);
            case EXPIRED -> Optional.of(Reason.EXPIRED);
            case SUSPENDED -> Optional.of(Reason.SUSPENDED);
            case ACTIVE -> {
                boolean inPlace = known.networks().isEmpty()
                        || known.networks().stream().anyMatch(network -> network.contains(client));
                yield inPlace ? Optional.empty() : Optional.of(Reason.OTHER_NETWORK);
            }
        };
    }

    /** Hears from the change feed. */
    public void heard(Change change) {
        recent.heard(change);
    }
}

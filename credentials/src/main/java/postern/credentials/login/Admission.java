package postern.credentials.login;

import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Protocol;
import postern.credentials.Standing;
import postern.credentials.StoreUnavailableException;

/**
 * What else must be true when the secret is right: of the account, of policy, of this one app password,
 * in this order. Asked at every login, also when the secret was proven lately, and again of those who
 * are on the line whenever something was changed.
 */
public final class Admission implements Standing {

    private final Snapshots snapshots;
    private final InstantSource clock;

    public Admission(Snapshots snapshots, InstantSource clock) {
        this.snapshots = snapshots;
        this.clock = clock;
    }

    @Override
    public Optional<Reason> objection(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client)
            throws StoreUnavailableException {
        return objection(snapshots.of(owner), used, protocol, client, clock.instant());
    }

    @Override
    public Optional<Known> known(LoginName owner, AppPasswordId used, Protocol protocol, InetAddress client) {
        return snapshots
                .atHand(owner)
                .map(lead -> new Known(objection(lead.account(), used, protocol, client, clock.instant())));
    }

    /** The same of somebody who comes now. */
    Optional<Reason> objection(Optional<AccountSnapshot> account, AppPasswordId used, LoginAttempt attempt) {
        return objection(account, used, attempt.protocol(), attempt.client(), clock.instant())
                .or(() -> account.flatMap(snapshot -> snapshot.appPassword(used))
                        .filter(one -> one.scope().pin().refuses(attempt.device()))
                        .map(_ -> Reason.OTHER_DEVICE));
    }

    /** The same of an account as it was read, at any time. Which device it is, is not asked. */
    public static Optional<Reason> objection(
            Optional<AccountSnapshot> account, AppPasswordId used, Protocol protocol, InetAddress client, Instant now) {
        Optional<AppPassword> appPassword = account.flatMap(snapshot -> snapshot.appPassword(used));
        if (account.isEmpty() || appPassword.isEmpty()) {
            return Optional.of(Reason.REVOKED);
        }
        return ofTheAccount(account.get(), protocol)
                .or(() -> ofItsTime(account.get(), appPassword.get(), now))
                .or(() -> ofItsScope(appPassword.get(), protocol, client));
    }

    private static Optional<Reason> ofTheAccount(AccountSnapshot account, Protocol protocol) {
        if (!account.account().enabled()) {
            return Optional.of(Reason.ACCOUNT_DISABLED);
        } else if (account.policy().appPasswords() == AppPasswords.SUSPENDED) {
            return Optional.of(Reason.SUSPENDED_BY_POLICY);
        }
        return account.policy().protocols().contains(protocol) ? Optional.empty() : Optional.of(Reason.OTHER_PROTOCOL);
    }

    private static Optional<Reason> ofItsTime(AccountSnapshot account, AppPassword one, Instant now) {
        if (one.suspended()) {
            return Optional.of(Reason.SUSPENDED);
        } else if (one.scope().notBefore().filter(now::isBefore).isPresent()) {
            return Optional.of(Reason.NOT_YET_VALID);
        } else if (one.scope().hasExpiredAt(now) || outlived(account, one, now) || isOfAnotherTime(account, one, now)) {
            return Optional.of(Reason.EXPIRED);
        }
        return isUnused(account, one, now) ? Optional.of(Reason.UNUSED) : Optional.empty();
    }

    private static boolean outlived(AccountSnapshot account, AppPassword one, Instant now) {
        return account.policy()
                .longestLife()
                .filter(life -> !now.isBefore(one.createdAt().plus(life)))
                .isPresent();
    }

    /** Of one that was imported. */
    private static boolean isOfAnotherTime(AccountSnapshot account, AppPassword one, Instant now) {
        return one.proof().findableBy().isEmpty()
                && account.policy()
                        .importedUntil()
                        .filter(end -> !now.isBefore(end))
                        .isPresent();
    }

    private static boolean isUnused(AccountSnapshot account, AppPassword one, Instant now) {
        Instant used = account.lastUses().getOrDefault(one.id(), one.resumedAt());
        Instant since = used.isAfter(one.resumedAt()) ? used : one.resumedAt();
        return account.policy()
                .unusedAfter()
                .filter(rest -> !now.isBefore(since.plus(rest)))
                .isPresent();
    }

    private static Optional<Reason> ofItsScope(AppPassword one, Protocol protocol, InetAddress client) {
        if (!one.scope().protocols().contains(protocol)) {
            return Optional.of(Reason.OTHER_PROTOCOL);
        }
        return one.scope().covers(client) ? Optional.empty() : Optional.of(Reason.OTHER_NETWORK);
    }
}

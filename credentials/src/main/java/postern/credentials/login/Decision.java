package postern.credentials.login;

import java.util.List;
import java.util.Optional;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.LookupTag;
import postern.credentials.PasswordHash;
import postern.credentials.Proof;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Lane;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.Turn;
import postern.credentials.throttle.Lockout;

/**
 * Bar, decide, weigh: who is let in, top to bottom.
 *
 * <p>A wrong guess costs one HMAC; only a secret that finds its app password is worth an Argon2, and that runs on
 * the hashing pool.
 */
public final class Decision {

    private final Snapshots snapshots;
    private final LookupKeys lookupKeys;
    private final PasswordVerifier verifier;
    private final ImportedSecrets importedSecrets;
    private final Admission admission;
    private final Lockout lockout;
    private final Aftermath aftermath;

    public Decision(
            Snapshots snapshots,
            LookupKeys lookupKeys,
            PasswordVerifier verifier,
            ImportedSecrets importedSecrets,
            Admission admission,
            Lockout lockout,
            Aftermath aftermath) {
        this.snapshots = snapshots;
        this.lookupKeys = lookupKeys;
        this.verifier = verifier;
        this.importedSecrets = importedSecrets;
        this.admission = admission;
        this.lockout = lockout;
        this.aftermath = aftermath;
    }

    /**
     * The outcome for which nothing has to be waited for: of a wrong guess, whoever it names, and of a secret that was
     * proven lately. When it is empty nothing has been counted, and {@link #inTime} decides.
     */
    Optional<LoginOutcome> atOnce(LoginAttempt typed) {
        if (typed.byAddress().isPresent() || lockout.maySpendLooks()) {
            return Optional.empty();
        }
        boolean behind = snapshots.mayBeBehind();
        return snapshots.atHand(typed.name()).flatMap(lead -> {
            LoginAttempt attempt = ofTheAccount(typed, lead.account());
            Optional<Denied> barred = lockout.bars(attempt);
            return barred.isPresent()
                    ? Optional.of(barred.get())
                    : decideAtOnce(attempt, lead.account()).map(decided -> weigh(attempt, decided, behind));
        });
    }

    /** Waits for the store and for the hashing pool when it has to: never call it on an event loop. */
    LoginOutcome inTime(LoginAttempt typed) throws StoreUnavailableException {
        Optional<Denied> onTheList = lockout.denies(typed);
        if (onTheList.isPresent()) {
            return onTheList.get();
        }
        boolean behind = snapshots.mayBeBehind();
        Optional<AccountSnapshot> account = snapshots.of(typed.name());
        LoginAttempt attempt = ofTheAccount(typed, account);
        if (attempt.byAddress().isPresent()) {
            return ofTheAddress(attempt, account, attempt.byAddress().get());
        }
        Optional<Denied> barred = lockout.bars(attempt);
        return barred.isPresent() ? barred.get() : weigh(attempt, decide(attempt, account), behind);
    }

    /** Whatever name was typed, it is one account: one budget, one entry in every cache. */
    private static LoginAttempt ofTheAccount(LoginAttempt typed, Optional<AccountSnapshot> account) {
        return account.map(known -> typed.as(known.account().loginName())).orElse(typed);
    }

    private LoginOutcome weigh(LoginAttempt attempt, LoginOutcome decided, boolean behind) {
        LoginOutcome weighed = lockout.weigh(attempt, decided);
        return behind && mayHaveTurned(decided) ? unknown(attempt, weighed) : weighed;
    }

    private static boolean mayHaveTurned(LoginOutcome decided) {
        return decided instanceof Denied denied && !denied.reason().isForGood();
    }

    /**
     * What a node that is cut off takes for wrong may have been issued elsewhere since. A guess was counted all the
     * same; it waits for no slow answer.
     */
    private LoginOutcome unknown(LoginAttempt attempt, LoginOutcome weighed) {
        lockout.told(attempt, weighed);
        return new Unavailable("credential store: away, and what is not known here may be known there");
    }

    /**
     * Nothing was said that anybody could guess, so nobody is slowed, held or forgiven; all else must be true as ever. One
     * that is not there is told as revoked, whether it was ever there or not.
     */
    private LoginOutcome ofTheAddress(
            LoginAttempt attempt, Optional<AccountSnapshot> account, AppPasswordId standsFor) {
        Optional<Denied> denied = lockout.denies(attempt)
                .or(() -> admission
                        .objection(account, standsFor, attempt)
                        .map(reason -> new Denied(reason, Optional.of(standsFor))));
        if (denied.isPresent()) {
            return denied.get();
        }
        AccountSnapshot known = account.orElseThrow();
        return accept(attempt, known, known.appPassword(standsFor).orElseThrow());
    }

    private Optional<LoginOutcome> decideAtOnce(LoginAttempt attempt, Optional<AccountSnapshot> known) {
        if (known.isEmpty()) {
            return Optional.of(unknown(attempt));
        }
        AccountSnapshot account = known.get();
        if (!account.imported().isEmpty()) {
            return Optional.empty();
        } else if (!attempt.secret().isWellFormed()) {
            return Optional.of(unknown(attempt));
        }
        List<LookupTag> tags = lookupKeys.tags(attempt.name(), attempt.secret());
        Optional<AppPassword> candidate = candidate(tags, account);
        if (candidate.isEmpty()) {
            return Optional.of(missed(tags, account));
        }
        return verifier.provedLately(attempt.secret(), candidate.get())
                ? Optional.of(admit(attempt, known, candidate.get()))
                : Optional.empty();
    }

    private LoginOutcome decide(LoginAttempt attempt, Optional<AccountSnapshot> account)
            throws StoreUnavailableException {
        Denied unknown = unknown(attempt);
        if (account.isEmpty()) {
            return unknown;
        } else if (attempt.secret().isWellFormed()) {
            LoginOutcome outcome = amongThoseMadeHere(attempt, account.get());
            if (!outcome.equals(unknown)) {
                return outcome;
            }
        }
        return account.get().imported().isEmpty() ? unknown : amongThoseMadeElsewhere(attempt, account.get(), unknown);
    }

    private static Denied unknown(LoginAttempt attempt) {
        return new Denied(attempt.secret().isWellFormed() ? Reason.NO_MATCH : Reason.NOT_AN_APP_PASSWORD);
    }

    /** At most one is found, and at most one Argon2 is run. */
    private LoginOutcome amongThoseMadeHere(LoginAttempt attempt, AccountSnapshot account)
            throws StoreUnavailableException {
        List<LookupTag> tags = lookupKeys.tags(attempt.name(), attempt.secret());
        Optional<AppPassword> proven = candidate(tags, account).filter(candidate -> proves(attempt, candidate));
        return proven.isPresent() ? admitAfterProof(attempt, proven.get()) : missed(tags, account);
    }

    private static Optional<AppPassword> candidate(List<LookupTag> tags, AccountSnapshot account) {
        return tags.stream().flatMap(tag -> account.find(tag).stream()).findFirst();
    }

    private static Denied missed(List<LookupTag> tags, AccountSnapshot account) {
        return tags.stream()
                .flatMap(tag -> Optional.ofNullable(account.tombstones().get(tag)).stream())
                .findFirst()
                .map(remembered -> new Denied(Reason.REVOKED, Optional.of(remembered)))
                .orElseGet(() -> new Denied(Reason.NO_MATCH));
    }

    /** These may be guessed, so during a hold they open nothing for strangers. */
    private LoginOutcome amongThoseMadeElsewhere(LoginAttempt attempt, AccountSnapshot account, Denied unknown)
            throws StoreUnavailableException {
        if (!lockout.trusts(attempt)) {
            return new Denied(Reason.HELD);
        }
        Optional<AppPassword> proven = importedSecrets.find(attempt, account, turn(attempt));
        return proven.isPresent() ? admitAfterProof(attempt, proven.get()) : unknown;
    }

    private boolean proves(LoginAttempt attempt, AppPassword candidate) {
        return switch (candidate.proof()) {
            case Proof.Drawn(var _, PasswordHash hash) ->
                verifier.proves(attempt.secret(), candidate, hash, turn(attempt), attempt.gone());
            case Proof.Imported _, Proof.Taken _ -> false; // no tag finds them
        };
    }

    private Turn turn(LoginAttempt attempt) {
        Lane lane = lockout.isFamiliar(attempt) ? Lane.FAMILIAR : Lane.STRANGER;
        return Turn.of(lane, SourceNetwork.of(attempt.client()));
    }

    /** The account is looked at again: a proof takes its time, and a revocation may have come meanwhile. */
    private LoginOutcome admitAfterProof(LoginAttempt attempt, AppPassword proven) throws StoreUnavailableException {
        return admit(attempt, snapshots.of(attempt.name()), proven);
    }

    private LoginOutcome admit(LoginAttempt attempt, Optional<AccountSnapshot> now, AppPassword proven) {
        return admission
                .objection(now, proven.id(), attempt)
                .<LoginOutcome>map(reason -> refuse(attempt, proven, reason))
                .orElseGet(() -> accept(attempt, now.orElseThrow(), proven));
    }

    private Denied refuse(LoginAttempt attempt, AppPassword proven, Reason reason) {
        aftermath.refused(attempt, proven, reason);
        return new Denied(reason, Optional.of(proven.id()));
    }

    private LoginOutcome accept(LoginAttempt attempt, AccountSnapshot account, AppPassword proven) {
        aftermath.accepted(attempt, proven, account, isExpected(attempt));
        return new Accepted(
                attempt.name(), account.account().mailbox(), account.account().group(), proven.id());
    }

    /** An address that the operator lists is no news, and never becomes familiar: nobody has proven anything there. */
    private boolean isExpected(LoginAttempt attempt) {
        return attempt.byAddress().isPresent() || lockout.isFamiliar(attempt);
    }
}

package postern.credentials.login;

import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.throttle.SampleLockouts;

/**
 * Two who log in on one node, over and over, while what they log in with is revoked on another, or on the same. They
 * stop when they began after the revocation had returned and were not let in.
 */
public final class RevokeRace implements AutoCloseable {

    /** Each has many revoked ones in the end, and they are read with it. */
    private static final int ROUNDS_PER_ACCOUNT = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int RACERS = 2;

    /** Else they take all cores, and the revocation races with nobody but the scheduler. */
    private static final Duration BREATH = Duration.ofNanos(20_000);

    /**
     * What one round came to.
     *
     * @param before logins that were let in and had begun before the revocation returned
     * @param afterwards logins that began after it
     * @param acceptedAfterwards and were let in all the same
     * @param felt how long after it the last of these began; zero when there was none
     */
    public record Round(int before, int afterwards, int acceptedAfterwards, Duration felt) {}

    private record Login(long begun, boolean accepted) {}

    private final SampleStore revoking;
    private final HashingPool hashing = hashingPool();
    private final PasswordAuthenticator authenticator;
    private final SecureRandom random = new SecureRandom();
    private final SecretGenerator secrets = new SecretGenerator(random);
    private final ExecutorService racers =
            Executors.newFixedThreadPool(RACERS, Thread.ofPlatform().daemon().factory());
    private int rounds;

    public RevokeRace(SampleStore revoking, SampleStore loggingIn) {
        this.revoking = revoking;
        RecentMatches matches = new RecentMatches(
                Duration.ofHours(12), Duration.ofHours(12), 1_000, InstantSource.fixed(MONDAY), System::nanoTime);
        this.authenticator = SampleDecision.of(
                        loggingIn.credentials(),
                        hashing,
                        new PasswordVerifier(CHEAP_HASHER, hashing, PROCESS_KEY, matches),
                        SampleLockouts.lockout(System::nanoTime),
                        (_, _, _) -> {},
                        InstantSource.fixed(MONDAY))
                .with(SampleDecision.snapshots(loggingIn, Thread::startVirtualThread));
    }

    /** In every other round the app password was used before, so that its proof is remembered. */
    public Round round() throws StoreUnavailableException, InterruptedException, ExecutionException {
        LoginName owner = owner();
        String secret = secrets.draw(20);
        AppPasswordId id = AppPasswordId.draw(random);
        AppPassword made = SampleLogins.appPassword(owner, id, typed(secret), CHEAP_HASHER);
        revoking.credentials().add(made, Integer.MAX_VALUE, ROOT);
        if (rounds++ % 2 == 0) {
            logIn(owner, secret);
        }
        CompletableFuture<Long> returned = new CompletableFuture<>();
        Callable<List<Login>> racer = () -> logInUntilRefused(owner, secret, returned);
        List<Future<List<Login>>> racing = List.of(racers.submit(racer), racers.submit(racer));
        if (!revoking.credentials().revoke(owner, id, ROOT)) {
            throw new AssertionError("not revoked");
        }
        returned.complete(System.nanoTime());
        List<Login> logins = new ArrayList<>();
        for (Future<List<Login>> one : racing) {
            logins.addAll(one.get());
        }
        return told(logins, returned.join());
    }

    private LoginName owner() throws StoreUnavailableException {
        LoginName owner = new LoginName("racer" + rounds / ROUNDS_PER_ACCOUNT + "@example.org");
        if (rounds % ROUNDS_PER_ACCOUNT == 0) {
            revoking.accounts().add(Account.person(owner, MONDAY), ROOT);
        }
        return owner;
    }

    private List<Login> logInUntilRefused(LoginName owner, String secret, CompletableFuture<Long> returned) {
        List<Login> logins = new ArrayList<>();
        boolean goesOn = true;
        while (goesOn) {
            Login login = logIn(owner, secret);
            logins.add(login);
            Duration after = Duration.ofNanos(login.begun() - returned.getNow(login.begun()));
            LockSupport.parkNanos(BREATH.toNanos());
            goesOn = !after.isPositive() || (login.accepted() && after.compareTo(PATIENCE) < 0);
        }
        return logins;
    }

    private Login logIn(LoginName owner, String secret) {
        LoginAttempt attempt = new LoginAttempt(Protocol.IMAP, owner, typed(secret), InetAddress.getLoopbackAddress());
        long begun = System.nanoTime();
        return new Login(
                begun, authenticator.authenticate(attempt).toCompletableFuture().join() instanceof Accepted);
    }

    private static Round told(List<Login> logins, long returned) {
        List<Login> afterwards =
                logins.stream().filter(one -> one.begun() - returned > 0).toList();
        List<Login> accepted = logins.stream().filter(Login::accepted).toList();
        List<Long> late = afterwards.stream()
                .filter(Login::accepted)
                .map(one -> one.begun() - returned)
                .toList();
        long felt = late.stream().mapToLong(Long::longValue).max().orElse(0);
        return new Round(accepted.size() - late.size(), afterwards.size(), late.size(), Duration.ofNanos(felt));
    }

    /** The stores are whoever's that brought them. */
    @Override
    public void close() {
        racers.shutdownNow();
        hashing.close();
    }
}

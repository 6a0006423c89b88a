package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.throttle.SampleLockouts;

/** Which devices are written down when somebody is let in, and how often. */
class DeviceUsesTest {

    private static final Optional<String> NOTHING = Optional.empty();

    private final SampleStore store = SampleStore.with(SCANNER);
    private final HashingPool hashing = hashingPool();
    private final MovedTime time = new MovedTime();
    private final DeviceUses uses = new DeviceUses(this::keep, time);
    private final PasswordAuthenticator decision = decision();
    private boolean away;
    private int written;

    @AfterEach
    void close() {
        uses.close();
        hashing.close();
        store.close();
    }

    @Test
    void isWrittenOffTheLoginPathOnceAnHourByTheNameWithoutItsVersion() throws Exception {
        login(Protocol.IMAP, "Outlook/14.0");
        assertThat(written).isZero();

        uses.write();
        assertThat(store.deviceUses().all())
                .containsExactly(new DeviceSeen(
                        ADA,
                        SCANNER_ID,
                        SCANNER.name(),
                        Protocol.IMAP,
                        MONDAY,
                        new DeviceUse(MONDAY, "Outlook/14.0", NOTHING)));

        time.pass(Duration.ofMinutes(59));
        login(Protocol.IMAP, "Outlook/14.1");
        uses.write();
        assertThat(written).isEqualTo(1);

        time.pass(Duration.ofMinutes(1));
        login(Protocol.IMAP, "Outlook/14.1");
        uses.write();
        assertThat(store.deviceUses().all())
                .extracting(one -> one.last().shown())
                .containsExactly("Outlook/14.1");
    }

    /** The first thing that a phone asks is what it could speak. */
    @Test
    void whatAPhoneSpeaksIsWrittenAsSoonAsItSaysSo() throws Exception {
        login(Protocol.ACTIVESYNC, "ApplC39/iPhone");
        uses.write();
        loginSpeaking("16.1");
        loginSpeaking("14.1");
        login(Protocol.ACTIVESYNC, "ApplC39/iPhone");
        uses.write();

        assertThat(written).isEqualTo(2);
        assertThat(store.deviceUses().all())
                .extracting(DeviceSeen::last)
                .containsExactly(new DeviceUse(MONDAY, "ApplC39/iPhone", Optional.of("16.1")));
    }

    /** An office has many, and who calls themselves something else each time has no end of names. */
    @Test
    void ofOneAppPasswordNoMoreAreWrittenInAnHourThanAreKept() throws Exception {
        for (int i = 0; i < 100; i++) {
            login(Protocol.SMTP, "pc" + i);
        }
        uses.write();
        assertThat(written).isEqualTo(DeviceUses.MOST);

        time.pass(Duration.ofHours(1));
        login(Protocol.SMTP, "pc99");
        uses.write();
        assertThat(store.deviceUses().all()).hasSize(DeviceUses.MOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[192.0.2.7]", "[IPv6:2001:db8::7]", "192.0.2.7", "/5.0", " "})
    void whoSaysWhereItIsAndNotWhoItIsIsNoDevice(String said) throws Exception {
        login(Protocol.SMTP, said);
        uses.write();

        assertThat(written).isZero();
    }

    @Test
    void aGuesserIsNone() {
        decide(attempt(Protocol.IMAP, "mutt", WRONG_SECRET));
        uses.write();

        assertThat(written).isZero();
    }

    @Test
    void nobodyWaitsForAStoreThatIsAwayAndItIsWrittenWhenItIsBack() throws Exception {
        away = true;
        login(Protocol.IMAP, "mutt");
        uses.write();
        away = false;
        uses.close();

        assertThat(store.deviceUses().all()).hasSize(1);
    }

    private void keep(Map<DeviceUse.Key, DeviceUse> some) throws StoreUnavailableException {
        if (away) {
            throw new StoreUnavailableException("away", new IOException());
        }
        written += some.size();
        store.deviceUses().used(some, DeviceUses.MOST);
    }

    private void login(Protocol protocol, String device) {
        assertThat(decide(attempt(protocol, device, SCANNER_SECRET))).isInstanceOf(Accepted.class);
    }

    private void loginSpeaking(String version) {
        LoginAttempt attempt = attempt(Protocol.ACTIVESYNC, "ApplC39/iPhone", SCANNER_SECRET);
        assertThat(decide(attempt.speaking(Optional.of(version)))).isInstanceOf(Accepted.class);
    }

    private LoginOutcome decide(LoginAttempt attempt) {
        return decision.authenticate(attempt).toCompletableFuture().join();
    }

    private static LoginAttempt attempt(Protocol protocol, String device, String secret) {
        return new LoginAttempt(
                protocol,
                ADA,
                typed(secret),
                InetAddress.getLoopbackAddress(),
                Optional.of(device),
                NOTHING,
                new CompletableFuture<>());
    }

    private PasswordAuthenticator decision() {
        InstantSource clock = InstantSource.fixed(MONDAY);
        RecentMatches matches = new RecentMatches(Duration.ofDays(1), Duration.ofDays(1), 9, clock, time);
        return SampleDecision.of(
                        store.credentials(),
                        hashing,
                        new PasswordVerifier(CHEAP_HASHER, hashing, PROCESS_KEY, matches),
                        SampleLockouts.lockout(time),
                        (_, _, _) -> {},
                        clock)
                .with(SampleDecision.snapshots(store), new LastUses(store.credentials(), time), uses);
    }
}

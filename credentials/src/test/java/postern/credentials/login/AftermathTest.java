package postern.credentials.login;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.PROCESS_KEY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.tagOf;
import static postern.credentials.SampleLogins.typed;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPassword;
import postern.credentials.DevicePin;
import postern.credentials.LastUse;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditKind;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.KeyRing;
import postern.credentials.hash.LookupKeys;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.throttle.SampleLockouts;

/** What a login leaves behind. */
class AftermathTest {

    private static final InetAddress OFFICE = InetAddress.ofLiteral("192.0.2.7");
    private static final LoginOutcome OTHER_DEVICE = new Denied(Reason.OTHER_DEVICE, Optional.of(SCANNER_ID));
    private static final KeyRing OLD = KeyRing.of(new byte[32]);
    private static final KeyRing CHANGED = new KeyRing(List.of(KeyRing.Key.of(another()), OLD.active()));

    private final SampleStore store = SampleStore.with(SCANNER);
    private final HashingPool hashing = hashingPool();
    private final Snapshots snapshots = SampleDecision.snapshots(store);
    private final MovedTime time = new MovedTime();
    private final LastUses lastUses = new LastUses(store.credentials(), time);

    @AfterEach
    void close() {
        lastUses.close();
        hashing.close();
        store.close();
    }

    /** E-04 */
    @Nested
    class LastUsed {

        @Test
        void isWrittenOffTheLoginPathAtMostOnceAMinute() throws Exception {
            login(Optional.of("Outlook 2010"));
            assertThat(written()).isEmpty();

            lastUses.write();
            assertThat(written()).contains(new LastUse(MONDAY, Protocol.IMAP, OFFICE, Optional.of("Outlook 2010")));

            login(Optional.of("mutt"));
            lastUses.write();
            assertThat(written()).map(LastUse::device).contains(Optional.of("Outlook 2010"));

            time.pass(Duration.ofMinutes(1));
            lastUses.write();
            assertThat(written()).map(LastUse::device).contains(Optional.of("mutt"));
        }

        @Test
        void isWrittenBeforeTheServerStops() throws Exception {
            login(Optional.empty());

            lastUses.close();

            assertThat(written()).isPresent();
        }

        private Optional<LastUse> written() throws Exception {
            return Optional.ofNullable(store.credentials().lastUses(ADA).get(SCANNER_ID));
        }
    }

    /** H-04, H-05 */
    @Nested
    class WhatIsKeptOfASecret {

        @Test
        void isMadeAnewUnderTheCurrentKeysOnce() throws Exception {
            LookupKeys lookupKeys = new LookupKeys(CHANGED);
            Argon2Hasher hasher = hasher(CHANGED, 8);

            assertThat(loginWith(lookupKeys, hasher)).isEqualTo(new Accepted(ADA, SCANNER_ID));
            AppPassword renewed = kept();
            assertThat(loginWith(lookupKeys, hasher)).isEqualTo(new Accepted(ADA, SCANNER_ID));

            assertThat(tagOf(renewed).key()).isEqualTo(CHANGED.active().id());
            assertThat(hashOf(renewed).pepper()).isEqualTo(CHANGED.active().id());
            assertThat(kept()).as("once").isEqualTo(renewed);
        }

        @Test
        void needsTheOldKeysNoMore() throws Exception {
            loginWith(new LookupKeys(CHANGED), hasher(CHANGED, 8));

            KeyRing retired = new KeyRing(List.of(CHANGED.active()));

            assertThat(loginWith(new LookupKeys(retired), hasher(retired, 8))).isEqualTo(new Accepted(ADA, SCANNER_ID));
        }

        @Test
        void isMadeAnewAtAnotherCost() throws Exception {
            loginWith(LOOKUP_KEYS, hasher(OLD, 16));

            assertThat(hashOf(kept()).encoded()).startsWith("$argon2id$v=19$m=16,t=1,p=1$");
        }

        private AppPassword kept() throws Exception {
            return store.credentials().of(ADA).getFirst();
        }

        private static Argon2Hasher hasher(KeyRing peppers, int memoryKib) {
            return new Argon2Hasher(peppers, new HashingCost(memoryKib, 1), new SecureRandom());
        }
    }

    /** P-04 */
    @Nested
    class TheFirstDevice {

        @Test
        void isPinnedAndAnotherOneRefused() throws Exception {
            pin(DevicePin.Mode.PIN);

            assertThat(login(Optional.of("Scanner 3000"))).isEqualTo(new Accepted(ADA, SCANNER_ID));
            assertThat(login(Optional.of("Scanner 3000"))).isEqualTo(new Accepted(ADA, SCANNER_ID));
            assertThat(login(Optional.of("curl"))).isEqualTo(OTHER_DEVICE);
            assertThat(login(Optional.empty())).isEqualTo(OTHER_DEVICE);
        }

        @Test
        void isRememberedAndAnotherOneLetInWhenItIsOnlyObserved() throws Exception {
            pin(DevicePin.Mode.OBSERVE);

            login(Optional.of("Scanner 3000"));

            assertThat(login(Optional.of("curl"))).isEqualTo(new Accepted(ADA, SCANNER_ID));
            assertThat(store.credentials().of(ADA).getFirst().scope().pin())
                    .isEqualTo(new DevicePin(DevicePin.Mode.OBSERVE, Optional.of("Scanner 3000")));
        }

        @Test
        void isNobodysBusinessWhenItIsOff() throws Exception {
            login(Optional.of("Scanner 3000"));

            assertThat(store.credentials().of(ADA)).containsExactly(SCANNER);
        }

        private void pin(DevicePin.Mode mode) throws Exception {
            store.credentials()
                    .revise(
                            ADA,
                            SCANNER_ID,
                            one -> one.withScope(scope -> scope.withPin(new DevicePin(mode, Optional.empty()))),
                            ROOT);
        }
    }

    /** E-01, E-02 */
    @Nested
    class TheTrail {

        private final List<AuditEvent> events = new ArrayList<>();

        @Test
        void tellsOfTheFirstUseOnceAndOfEachNewSource() {
            PasswordAuthenticator decision = told();
            decide(decision, attempt(OFFICE, Optional.empty()));
            decide(decision, attempt(OFFICE, Optional.empty()));
            decide(decision, attempt(InetAddress.ofLiteral("198.51.100.1"), Optional.empty()));

            assertThat(kinds()).containsExactly("app_password.first_used", "app_password.used_new_source");
            assertThat(events.getLast().origin().address()).contains("198.51.100.1");
            assertThat(events.getLast().origin().tls()).contains("TLSv1.2");
        }

        /** P-04 */
        @Test
        void tellsOfAnotherDeviceThatIsOnlyObservedOnceADay() throws Exception {
            observe();
            PasswordAuthenticator decision = told();
            decide(decision, attempt(OFFICE, Optional.of("Scanner 3000")));
            for (int i = 0; i < 100; i++) {
                decide(decision, attempt(OFFICE, Optional.of("curl/8." + i)));
            }
            decide(decision, attempt(OFFICE, Optional.of("mutt")));

            assertThat(kinds())
                    .containsExactly(
                            "app_password.first_used", "app_password.pin_mismatch", "app_password.pin_mismatch");
            assertThat(events.getLast().origin().clientId()).contains("mutt");
        }

        @Test
        void tellsOnceThatAnAppPasswordHasExpired() throws Exception {
            expireOn(MONDAY.minusSeconds(60));
            PasswordAuthenticator decision = told();
            decide(decision, attempt(OFFICE, Optional.empty()));
            decide(decision, attempt(OFFICE, Optional.empty()));
            decide(told(), attempt(OFFICE, Optional.empty())); // of another node, or after a restart
            assertThat(kinds()).containsExactly("app_password.expired", "app_password.expired");
            store.trail().append(events);
            expireOn(MONDAY.minusSeconds(30));
            decide(decision, attempt(OFFICE, Optional.empty()));
            store.trail().append(events);

            assertThat(store.trail().after(0, AuditFilter.of(AuditKind.APP_PASSWORD_EXPIRED), 9))
                    .as("once for each end that it was given")
                    .hasSize(2);
        }

        @Test
        void tellsThatAHashWasMadeAnew() throws Exception {
            decide(told(), attempt(OFFICE, Optional.empty()));
            assertThat(rehashes()).isEmpty();

            loginWith(LOOKUP_KEYS, new Argon2Hasher(OLD, new HashingCost(16, 1), new SecureRandom()));

            assertThat(rehashes())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.fields())
                            .containsEntry("app_password", SCANNER_ID.value())
                            .containsEntry("actor_kind", "system"));
        }

        private List<AuditEntry> rehashes() throws Exception {
            return store.trail().after(0, AuditFilter.of(AuditKind.APP_PASSWORD_REHASH), 9);
        }

        private List<String> kinds() {
            return events.stream().map(event -> event.kind().toString()).toList();
        }

        private void observe() throws Exception {
            revise(scope -> scope.withPin(new DevicePin(DevicePin.Mode.OBSERVE, Optional.empty())));
        }

        private void expireOn(Instant end) throws Exception {
            revise(scope -> scope.withExpiresAt(Optional.of(end)));
        }

        private void revise(UnaryOperator<Scope> change) throws Exception {
            store.credentials().revise(ADA, SCANNER_ID, one -> one.withScope(change), ROOT);
        }

        private PasswordAuthenticator told() {
            return decision(CHEAP_HASHER).withEvents(events::add).with(snapshots, lastUses);
        }
    }

    private static byte[] another() {
        byte[] key = new byte[32];
        key[0] = 1;
        return key;
    }

    private LoginOutcome login(Optional<String> device) {
        return login(decision(CHEAP_HASHER), device);
    }

    private LoginOutcome loginWith(LookupKeys lookupKeys, Argon2Hasher hasher) {
        return login(decision(hasher).withKeys(lookupKeys, hasher), Optional.empty());
    }

    private SampleDecision decision(Argon2Hasher hasher) {
        InstantSource clock = InstantSource.fixed(MONDAY);
        RecentMatches matches = new RecentMatches(Duration.ofMinutes(1), Duration.ofMinutes(1), 9, clock, time);
        PasswordVerifier verifier = new PasswordVerifier(hasher, hashing, PROCESS_KEY, matches);
        return SampleDecision.of(
                store.credentials(), hashing, verifier, SampleLockouts.lockout(time), (_, _, _) -> {}, clock);
    }

    private LoginOutcome login(SampleDecision decision, Optional<String> device) {
        return decide(decision.with(snapshots, lastUses), attempt(OFFICE, device));
    }

    private static LoginAttempt attempt(InetAddress from, Optional<String> device) {
        return new LoginAttempt(
                Protocol.IMAP,
                ADA,
                typed(SCANNER_SECRET),
                from,
                device,
                Optional.of("TLSv1.2"),
                new CompletableFuture<>());
    }

    private static LoginOutcome decide(PasswordAuthenticator decision, LoginAttempt attempt) {
        return decision.authenticate(attempt).toCompletableFuture().join();
    }
}

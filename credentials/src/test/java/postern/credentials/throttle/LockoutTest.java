package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.throttle.SampleLockouts.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.SourceNetwork;
import postern.credentials.throttle.LockoutPolicy.Mode;

class LockoutTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final LoginOutcome DENIED = new Denied(Reason.NO_MATCH);
    private static final LoginOutcome HELD = new Denied(Reason.HELD);
    private static final String HOME = "203.0.113.9";
    private static final String AWAY = "198.51.100.1";

    private final AtomicLong nanos = new AtomicLong();
    private int guesses;
    private final List<Hold> begun = new ArrayList<>();
    private Lockout lockout = lockout(policy(Mode.ENFORCE, true));

    /** L-01, L-02 */
    @Nested
    class TheSameWrongSecretAgain {

        @Test
        void isSlowerEachTimeFromTwoToThirtySeconds() {
            assertThat(wrong(AWAY, ADA, "stale")).isEqualTo(DENIED);
            assertThat(seconds(AWAY, ADA, "stale", 6)).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
            assertThat(lockout.staleRepeats()).isEqualTo(6);
        }

        @Test
        void countsAsNoFurtherFailure() {
            for (int i = 0; i < 1000; i++) {
                wrong(AWAY, ADA, "stale");
            }

            assertThat(wrong(AWAY, ADA, "another")).isEqualTo(DENIED);
            assertThat(wrong(AWAY, ADA, "third")).isEqualTo(DENIED);
            assertThat(lockout.holds().list()).isEmpty();
        }

        @Test
        void slowsNobodyElseAtThatAddress() {
            for (int i = 0; i < 1000; i++) {
                wrong(HOME, ADA, "stale");
            }

            assertThat(wrong(HOME, ADA, "mistyped")).isEqualTo(DENIED);
            assertThat(wrong(HOME, BOB, "mistyped")).isEqualTo(DENIED);
            assertThat(wrong(AWAY, ADA, "stale")).isEqualTo(DENIED);
        }

        @Test
        void isKnownByItsNameAndSourceNotByItsWords() {
            wrong(HOME, ADA, "stale");

            assertThat(wrong(HOME, BOB, "stale")).isEqualTo(DENIED);
            assertThat(wrong(HOME, ADA, "stale")).isInstanceOf(Slowed.class);
        }

        @Test
        void isForgivenWithTime() {
            for (int i = 0; i < 1000; i++) {
                wrong(HOME, ADA, "stale");
            }
            pass(Duration.ofHours(2));

            assertThat(wrong(HOME, ADA, "stale")).isEqualTo(DENIED);
        }
    }

    /** L-03, L-04 */
    @Nested
    class AFamiliarSource {

        @Test
        void isOneThatTheNameHasLoggedInFrom() {
            right(HOME, ADA);

            assertThat(lockout.isFamiliar(attemptFrom(HOME, ADA, "any"))).isTrue();
            assertThat(lockout.isFamiliar(attemptFrom(HOME, BOB, "any"))).isFalse();
            assertThat(lockout.isFamiliar(attemptFrom(AWAY, ADA, "any"))).isFalse();
        }

        @Test
        void isSlowedAfterTwentyDifferentSecretsAndNeverHeld() {
            right(HOME, ADA);
            for (int i = 1; i <= 20; i++) {
                assertThat(wrong(HOME, ADA, "guess" + i)).isEqualTo(DENIED);
            }

            assertThat(wrong(HOME, ADA, "guess21")).isEqualTo(new Slowed(Duration.ofSeconds(2)));
            assertThat(wrong(HOME, ADA, "guess22")).isEqualTo(new Slowed(Duration.ofSeconds(4)));
            for (int i = 23; i <= 200; i++) {
                assertThat(wrong(HOME, ADA, "guess" + i)).isInstanceOf(Slowed.class);
            }
            assertThat(lockout.holds().list()).isEmpty();
        }

        @Test
        void isNotHeldForWhatStrangersDo() {
            right(HOME, ADA);
            holdAda();

            assertThat(wrong(HOME, ADA, "mistyped")).isEqualTo(DENIED);
            assertThat(right(HOME, ADA)).isInstanceOf(Accepted.class);
        }

        @Test
        void isForgivenAfterASuccess() {
            right(HOME, ADA);
            for (int i = 1; i <= 25; i++) {
                wrong(HOME, ADA, "guess" + i);
            }
            right(HOME, ADA);

            assertThat(wrong(HOME, ADA, "guess26")).isEqualTo(DENIED);
        }
    }

    /** L-04 */
    @Nested
    class Strangers {

        @Test
        void areSlowedAfterThreeAndHeldAfterTenDifferentSecrets() {
            assertThat(List.of(wrong(AWAY, ADA, "1"), wrong(AWAY, ADA, "2"), wrong(AWAY, ADA, "3")))
                    .containsOnly(DENIED);
            for (int i = 4; i <= 10; i++) {
                assertThat(wrong(AWAY, ADA, "guess" + i)).isInstanceOf(Slowed.class);
            }

            assertThat(wrong(AWAY, ADA, "guess11")).isEqualTo(HELD);
            assertThat(lockout.holds().list())
                    .containsExactly(new Hold(Hold.Kind.NAME, ADA.value(), 1, Duration.ofMinutes(1)));
            assertThat(begun).isEqualTo(lockout.holds().list());
        }

        @Test
        void countAllTogether() {
            for (int i = 1; i <= 10; i++) {
                assertThat(wrong("198.51.100." + i, ADA, "guess" + i)).isEqualTo(DENIED);
            }

            assertThat(wrong("198.51.100.11", ADA, "guess11")).isEqualTo(HELD);
            assertThat(wrong("192.0.2.1", ADA, "mistyped")).isEqualTo(HELD);
            assertThat(wrong("192.0.2.1", BOB, "mistyped")).isEqualTo(DENIED);
        }

        @Test
        void holdTheNameTwiceAsLongEachTimeUpToAnHour() {
            List<Long> minutes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                holdAda();
                Hold hold = lockout.holds().list().getFirst();
                minutes.add(hold.left().toMinutes());
                pass(hold.left());
                assertThat(lockout.holds().list()).isEmpty();
            }

            assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        }

        @Test
        void areNotHeldForTenInTwentyMinutes() {
            for (int i = 1; i <= 10; i++) {
                wrong("198.51.100." + i, ADA, "guess" + i);
            }
            pass(Duration.ofMinutes(10));

            assertThat(wrong("198.51.100.11", ADA, "guess11")).isEqualTo(DENIED);
        }
    }

    /** L-04 */
    @Nested
    class DuringAHold {

        @Test
        void theRightSecretPassesFromEverywhere() {
            holdAda();

            assertThat(right("192.0.2.1", ADA)).isInstanceOf(Accepted.class);
        }

        @Test
        void withoutAdmissionAStrangerHasOneLookInAWindow() {
            lockout = lockout(policy(Mode.ENFORCE, false));
            holdAda();
            pass(Duration.ofSeconds(30));

            assertThat(bars("192.0.2.1")).isEmpty();
            assertThat(bars("192.0.2.1")).contains((Denied) HELD);
            assertThat(bars("192.0.2.2")).isEmpty();
        }

        @Test
        void withoutAdmissionAFamiliarSourceStillPasses() {
            lockout = lockout(policy(Mode.ENFORCE, false));
            right(HOME, ADA);
            holdAda();

            for (int i = 0; i < 100; i++) {
                assertThat(bars(HOME)).isEmpty();
            }
        }

        @Test
        void withoutAdmissionARefusedSourceHasOneLookToo() {
            lockout = lockout(policy(Mode.ENFORCE, false));
            spray(AWAY, 1, 21);

            assertThat(bars(AWAY)).isEmpty();
            assertThat(bars(AWAY)).contains((Denied) HELD);
            assertThat(bars(HOME)).isEmpty();
        }

        private Optional<Denied> bars(String client) {
            return lockout.bars(attemptFrom(client, ADA, "whatever"));
        }
    }

    /** L-05 */
    @Nested
    class ASourceThatTriesManyNames {

        @Test
        void isSlowedAfterFive() {
            assertThat(spray(AWAY, 1, 5)).containsOnly(DENIED);
            assertThat(spray(AWAY, 6, 10))
                    .extracting(outcome -> ((Slowed) outcome).delay().toSeconds())
                    .containsExactly(4L, 8L, 16L, 30L, 30L);
        }

        @Test
        void isRefusedAfterTwentyForTenMinutesAndThenTwiceAsLong() {
            spray(AWAY, 1, 20);
            assertThat(begun).isEmpty();

            assertThat(spray(AWAY, 21, 22)).containsOnly(HELD);
            assertThat(begun).containsExactly(new Hold(Hold.Kind.SOURCE, AWAY + "/32", 1, Duration.ofMinutes(10)));

            pass(Duration.ofMinutes(10));
            assertThat(spray(AWAY, 23, 23)).containsOnly(HELD);
            assertThat(begun.getLast().left()).isEqualTo(Duration.ofMinutes(20));
        }

        @Test
        void isRefusedADayAtMost() {
            for (int i = 0; i < 12; i++) {
                spray(AWAY, i * 30, i * 30 + 29);
                pass(begun.getLast().left());
            }

            assertThat(begun.getLast().left()).isEqualTo(Duration.ofDays(1));
        }

        @Test
        void isRefusedNoRightSecret() {
            spray(AWAY, 1, 50);

            assertThat(right(AWAY, ADA)).isInstanceOf(Accepted.class);
        }

        @Test
        void answersForItsNeighbourhoodToo() {
            for (int host = 1; host <= 15; host++) {
                spray("198.51.100." + host, host * 10, host * 10 + 3);
            }
            assertThat(begun).isEmpty();
            for (int host = 16; host <= 30; host++) {
                spray("198.51.100." + host, host * 10, host * 10 + 3);
            }

            assertThat(begun).extracting(Hold::subject).containsExactly("198.51.100.0/24");
            assertThat(wrong("198.51.100.77", ADA, "mistyped")).isEqualTo(HELD);
            assertThat(wrong("198.51.101.77", BOB, "mistyped")).isEqualTo(DENIED);
        }

        @Test
        void answersForItsIpv6NeighbourhoodInTwoSteps() {
            for (int net = 0; net < 100; net++) {
                spray("2001:db8:1:" + Integer.toHexString(net) + "::1", net, net);
            }
            assertThat(begun).extracting(Hold::subject).containsExactly("2001:db8:1:0:0:0:0:0/56");

            for (int net = 0x100; net < 0x170; net++) {
                spray("2001:db8:1:" + Integer.toHexString(net) + "::1", net, net);
            }
            assertThat(begun)
                    .extracting(Hold::subject)
                    .containsExactlyInAnyOrder(
                            "2001:db8:1:0:0:0:0:0/56", "2001:db8:1:100:0:0:0:0/56", "2001:db8:1:0:0:0:0:0/48");
        }

        @Test
        void bearsTenTimesAsMuchForADayAfterASuccess() {
            right(HOME, ADA);

            assertThat(spray(HOME, 1, 45)).containsOnly(DENIED);
            spray(HOME, 46, 190);
            assertThat(begun).isEmpty();
            spray(HOME, 191, 260);
            assertThat(begun).extracting(Hold::subject).contains(HOME + "/32");

            pass(Duration.ofDays(2));
            assertThat(spray(HOME, 1001, 1021).getLast()).isEqualTo(HELD);
        }

        @Test
        void isNotRefusedForItsNeighboursAfterASuccess() {
            right("198.51.100.77", ADA);
            for (int host = 1; host <= 30; host++) {
                spray("198.51.100." + host, host * 10, host * 10 + 3);
            }
            assertThat(begun).hasSize(1);

            assertThat(wrong("198.51.100.77", BOB, "mistyped")).isEqualTo(DENIED);
        }
    }

    /** L-06 */
    @Nested
    class DistributedGuessing {

        @Test
        void isMoreThanFiftySourcesInADay() {
            lockout = lockout(policy(Mode.ENFORCE, true));
            for (int i = 0; i < 45; i++) {
                assertThat(wrong("10.0." + i + ".1", ADA, "the same")).isEqualTo(DENIED);
                pass(Duration.ofMinutes(20));
            }
            for (int i = 45; i < 60; i++) {
                wrong("10.0." + i + ".1", ADA, "the same");
            }

            assertThat(begun).containsExactly(new Hold(Hold.Kind.DISTRIBUTED, ADA.value(), 1, Duration.ofMinutes(1)));
            assertThat(wrong("192.0.2.1", ADA, "mistyped")).isEqualTo(HELD);
        }

        @Test
        void isToldAsTheFirstOfItsKindOnce() {
            for (int i = 0; i < 200; i++) {
                wrong("10." + i + ".0.1", ADA, "the same");
                pass(Duration.ofMinutes(2));
            }

            assertThat(begun.stream().filter(hold -> hold.kind() == Hold.Kind.DISTRIBUTED && hold.times() == 1))
                    .hasSize(1);
            assertThat(begun).hasSizeGreaterThan(1);
        }
    }

    /** L-08 */
    @Nested
    class TheOperatorsLists {

        private static final ListEntry AWAY_ENTRY = new ListEntry(
                Optional.of(SourceNetwork.parse(AWAY)), Optional.empty(), "test", Optional.empty(), false);

        @Test
        void aDeniedEntryIsRefusedBeforeAnythingElseIsAsked() {
            lockout = lockout(policy(Mode.ENFORCE, true), List.of(), List.of(AWAY_ENTRY));

            assertThat(lockout.bars(attemptFrom(AWAY, ADA, "right"))).contains(new Denied(Reason.DENIED_ENTRY));
            assertThat(lockout.bars(attemptFrom(HOME, ADA, "right"))).isEmpty();
        }

        @Test
        void anAllowedSourceMayTryAnyNumberOfNames() {
            lockout = lockout(policy(Mode.ENFORCE, true), List.of(AWAY_ENTRY), List.of());

            assertThat(spray(AWAY, 1, 100)).containsOnly(DENIED);
        }

        @Test
        void anAllowedSourceHasNoMoreGuessesAtOneName() {
            lockout = lockout(policy(Mode.ENFORCE, true), List.of(AWAY_ENTRY), List.of());
            for (int i = 1; i <= 10; i++) {
                wrong(AWAY, ADA, "guess" + i);
            }

            assertThat(wrong(AWAY, ADA, "guess11")).isEqualTo(HELD);
        }
    }

    /** L-03 */
    @Nested
    class WhileLearning {

        @Test
        void everythingIsCountedAndNobodySlowed() {
            lockout = lockout(policy(Mode.LEARN, false));

            for (int i = 0; i < 100; i++) {
                assertThat(wrong(AWAY, ADA, "guess" + i)).isEqualTo(DENIED);
                assertThat(wrong(AWAY, ADA, "stale")).isEqualTo(DENIED);
                assertThat(lockout.bars(attemptFrom(AWAY, ADA, "right"))).isEmpty();
            }
            assertThat(spray(AWAY, 1, 60)).containsOnly(DENIED);
            assertThat(lockout.staleRepeats()).isEqualTo(99);
            assertThat(lockout.holds().list())
                    .extracting(Hold::kind)
                    .containsExactlyInAnyOrder(Hold.Kind.NAME, Hold.Kind.SOURCE);
            assertThat(lockout.delayedAnswers()).isZero();
        }
    }

    /** L-10 */
    @Nested
    class DelayedAnswers {

        @Test
        void areEightForOneSourceAndTheNinthIsTurnedAway() {
            List<LoginOutcome> outcomes = waiting(9);

            assertThat(outcomes.subList(0, 8)).allMatch(Slowed.class::isInstance);
            assertThat(outcomes.get(8)).isEqualTo(new TurnedAway());
            assertThat(lockout.delayedAnswers()).isEqualTo(8);
        }

        @Test
        void makeRoomWhenTheyAreTold() {
            List<LoginOutcome> outcomes = waiting(9);
            outcomes.forEach(outcome -> lockout.told(attemptFrom(AWAY, ADA, "stale"), outcome));

            assertThat(lockout.delayedAnswers()).isZero();
            assertThat(weigh(AWAY, ADA, "stale")).isInstanceOf(Slowed.class);
        }

        @Test
        void areTenThousandInAll() {
            for (int source = 0; source < 1251; source++) {
                String client = "10." + source / 256 + "." + source % 256 + ".1";
                LoginName name = new LoginName("name" + source + "@example.org");
                weigh(client, name, "stale");
                for (int i = 0; i < 8; i++) {
                    LoginOutcome outcome = weigh(client, name, "stale");
                    assertThat(outcome).isInstanceOf(source < 1250 ? Slowed.class : TurnedAway.class);
                }
            }

            assertThat(lockout.delayedAnswers()).isEqualTo(10_000);
        }

        @Test
        void areNoneForTheRightSecretHoweverManyWait() {
            waiting(20);

            assertThat(right(AWAY, ADA)).isInstanceOf(Accepted.class);
        }

        private List<LoginOutcome> waiting(int many) {
            weigh(AWAY, ADA, "stale");
            List<LoginOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                outcomes.add(weigh(AWAY, ADA, "stale"));
            }
            return outcomes;
        }
    }

    /** L-17 */
    @Nested
    class ClearingAHold {

        @Test
        void endsItAndForgetsWhatLedToIt() {
            holdAda();
            assertThat(lockout.holds().clear(ADA)).isTrue();

            assertThat(lockout.holds().list()).isEmpty();
            assertThat(wrong("192.0.2.1", ADA, "mistyped")).isEqualTo(DENIED);
            assertThat(lockout.holds().clear(ADA)).isFalse();
        }

        @Test
        void endsTheRefusalOfASource() {
            spray(AWAY, 1, 30);
            assertThat(lockout.holds().count(Hold.Kind.SOURCE)).isOne();
            assertThat(lockout.holds().clear(SourceNetwork.parse(AWAY))).isTrue();

            assertThat(wrong(AWAY, ADA, "mistyped")).isNotEqualTo(HELD);
            assertThat(lockout.holds().clear(SourceNetwork.parse(HOME))).isFalse();
        }
    }

    /** L-12 */
    @Test
    void whatIsNoGuessCountsForNothing() {
        List<LoginOutcome> others =
                List.of(new Unavailable("credential store: disk full"), new Denied(Reason.EXPIRED), new TurnedAway());
        for (int i = 0; i < 50; i++) {
            for (LoginOutcome other : others) {
                assertThat(lockout.weigh(attemptFrom(AWAY, ADA, "guess" + i), other))
                        .isEqualTo(other);
            }
        }

        assertThat(wrong(AWAY, ADA, "mistyped")).isEqualTo(DENIED);
    }

    @Test
    void aSecretTypedIntoTheNameFieldIsNotTold() {
        for (int i = 1; i <= 11; i++) {
            wrong(AWAY, new LoginName(SCANNER_SECRET), "guess" + i);
        }

        assertThat(begun).extracting(Hold::subject).containsExactly("***");
    }

    /** L-12: an account password sent by habit is a wrong secret like any other. */
    @Test
    void aSecretThatCannotBeAnAppPasswordCountsLikeAnother() {
        LoginOutcome habit = new Denied(Reason.NOT_AN_APP_PASSWORD);

        assertThat(lockout.weigh(attemptFrom(AWAY, ADA, "Summer2026!"), habit)).isEqualTo(habit);
        assertThat(lockout.weigh(attemptFrom(AWAY, ADA, "Summer2026!"), habit)).isInstanceOf(Slowed.class);
    }

    /** L-05, L-11 */
    @Test
    void anIpv6HostCannotRoamInItsOwnNetwork() {
        wrong("2001:db8::1", ADA, "stale");

        assertThat(wrong("2001:db8::ffff", ADA, "stale")).isInstanceOf(Slowed.class);
        assertThat(wrong("2001:db8:0:1::1", ADA, "stale")).isEqualTo(DENIED);
    }

    private Lockout lockout(LockoutPolicy policy) {
        return lockout(policy, List.of(), List.of());
    }

    private Lockout lockout(LockoutPolicy policy, List<ListEntry> allow, List<ListEntry> deny) {
        return SampleLockouts.lockout(policy, allow, deny, (hold, _) -> begun.add(hold), nanos::get);
    }

    /** Until Ada is on hold for strangers. */
    private void holdAda() {
        for (int i = 1; i <= 11; i++) {
            wrong("198.51.100." + i, ADA, "guess" + ++guesses);
        }
        assertThat(lockout.holds().count(Hold.Kind.NAME)).isOne();
    }

    /** One wrong secret for each of these many names. */
    private List<LoginOutcome> spray(String client, int first, int last) {
        List<LoginOutcome> outcomes = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            outcomes.add(wrong(client, new LoginName("name" + i + "@example.org"), "Summer2026!"));
        }
        return outcomes;
    }

    private List<Long> seconds(String client, LoginName name, String secret, int times) {
        List<Long> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            seconds.add(((Slowed) wrong(client, name, secret)).delay().toSeconds());
        }
        return seconds;
    }

    /** A guess whose answer is told at once. */
    private LoginOutcome wrong(String client, LoginName name, String secret) {
        LoginOutcome outcome = weigh(client, name, secret);
        lockout.told(attemptFrom(client, name, secret), outcome);
        return outcome;
    }

    private LoginOutcome weigh(String client, LoginName name, String secret) {
        return lockout.weigh(attemptFrom(client, name, secret), DENIED);
    }

    private LoginOutcome right(String client, LoginName name) {
        LoginAttempt attempt = attemptFrom(client, name, "right");
        return lockout.bars(attempt)
                .<LoginOutcome>map(barred -> barred)
                .orElseGet(() -> lockout.weigh(attempt, new Accepted(name, SCANNER_ID)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}

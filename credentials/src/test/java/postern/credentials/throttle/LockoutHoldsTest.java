package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.throttle.SampleLockouts.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.SourceNetwork;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** When strangers are held off a name, who passes all the same, and what an operator can do. */
class LockoutHoldsTest extends LockoutStage {

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
                    .containsExactly(new Hold(HoldKind.NAME, ADA.value(), 1, Duration.ofMinutes(1)));
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

        /** L-03: a line that gets another address each night. */
        @Test
        void withoutAdmissionTheNeighbourhoodOfAFamiliarSourcePassesTooAndIsExcusedNothing() {
            lockout = lockout(policy(Mode.ENFORCE, false));
            right("203.0.113.9", ADA);
            holdAda();

            for (int i = 0; i < 100; i++) {
                assertThat(bars("203.0.113.77")).isEmpty();
            }
            assertThat(wrong("203.0.113.77", ADA, "mistyped")).isEqualTo(HELD);
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

            assertThat(begun).containsExactly(new Hold(HoldKind.DISTRIBUTED, ADA.value(), 1, Duration.ofMinutes(1)));
            assertThat(wrong("192.0.2.1", ADA, "mistyped")).isEqualTo(HELD);
        }

        @Test
        void isToldAsTheFirstOfItsKindOnce() {
            for (int i = 0; i < 200; i++) {
                wrong("10." + i + ".0.1", ADA, "the same");
                pass(Duration.ofMinutes(2));
            }

            assertThat(begun.stream().filter(hold -> hold.kind() == HoldKind.DISTRIBUTED && hold.times() == 1))
                    .hasSize(1);
            assertThat(begun).hasSizeGreaterThan(1);
        }
    }

    /** L-08 */
    @Nested
    class TheOperatorsLists {

        private static final ListEntry AWAY_ENTRY = new ListEntry(
                Optional.of(SourceNetwork.parse(AWAY)), Optional.empty(), "test", "root", Optional.empty(), false);

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

    /** L-17 */
    @Nested
    class ClearingAHold {

        @Test
        void endsItAndForgetsWhatLedToIt() {
            holdAda();
            assertThat(lockout.holds().clear(Held.name(ADA))).isTrue();

            assertThat(lockout.holds().list()).isEmpty();
            assertThat(wrong("192.0.2.1", ADA, "mistyped")).isEqualTo(DENIED);
            assertThat(lockout.holds().clear(Held.name(ADA))).isFalse();
        }

        @Test
        void endsTheRefusalOfASource() {
            spray(AWAY, 1, 30);
            assertThat(lockout.holds().count(HoldKind.SOURCE)).isOne();
            assertThat(lockout.holds().clear(Held.source(SourceNetwork.parse(AWAY))))
                    .isTrue();

            assertThat(wrong(AWAY, ADA, "mistyped")).isNotEqualTo(HELD);
            assertThat(lockout.holds().clear(Held.source(SourceNetwork.parse(HOME))))
                    .isFalse();
        }
    }
}

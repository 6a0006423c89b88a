package postern.credentials.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.attemptFrom;
import static postern.credentials.throttle.SampleLockouts.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import postern.credentials.HoldKind;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.throttle.LockoutPolicy.Mode;

/** What slows whom, and whom it does not. */
class LockoutTest extends LockoutStage {

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
            assertThat(begun).containsExactly(new Hold(HoldKind.SOURCE, AWAY + "/32", 1, Duration.ofMinutes(10)));

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
                    .containsExactlyInAnyOrder(HoldKind.NAME, HoldKind.SOURCE);
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
}

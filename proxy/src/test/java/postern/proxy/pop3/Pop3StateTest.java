package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.typed;
import static postern.proxy.conversation.SampleBounds.FRESH;
import static postern.proxy.conversation.SampleBounds.after;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.PresentedSecret;
import postern.proxy.conversation.ClientState;
import postern.proxy.conversation.Effect;
import postern.proxy.conversation.Effect.Close;
import postern.proxy.conversation.Effect.Decide;
import postern.proxy.conversation.Effect.Forget;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.Reject;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.conversation.StatePicture;
import postern.proxy.conversation.Step;
import postern.proxy.listen.Rejection;
import postern.proxy.pop3.Pop3Command.Auth;
import postern.proxy.pop3.Pop3Command.Bad;
import postern.proxy.pop3.Pop3Command.Capa;
import postern.proxy.pop3.Pop3Command.NotYet;
import postern.proxy.pop3.Pop3Command.Pass;
import postern.proxy.pop3.Pop3Command.Quit;
import postern.proxy.pop3.Pop3Command.User;
import postern.proxy.pop3.Pop3State.Asking;
import postern.proxy.pop3.Pop3State.Closing;
import postern.proxy.pop3.Pop3State.Deciding;
import postern.proxy.pop3.Pop3State.Encrypting;
import postern.proxy.pop3.Pop3State.Greeted;
import postern.proxy.pop3.Pop3State.Joined;
import postern.proxy.pop3.Pop3State.Named;
import postern.proxy.pop3.Pop3State.Opening;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.Malformed;
import postern.proxy.upstream.UpstreamFailure;

class Pop3StateTest {

    private static final String WRONG = "-ERR [AUTH] Wrong user name or app password.";

    private static final Pop3Phrases WORDS = new Pop3Phrases();

    private final PresentedSecret secret = typed(SCANNER_SECRET);
    private final Greeted inTheClear = new Greeted(false, FRESH);
    private final Greeted inTheClearAndAsked = new Greeted(false, after(0, 0, 1));
    private final Greeted greeted = new Greeted(true, FRESH);
    private final Greeted asked = new Greeted(true, after(0, 0, 1));
    private final Greeted mistaken = new Greeted(true, after(0, 1, 0));

    @Nested
    class WhenGreeted {

        @Test
        void refusesAPasswordInTheClearAndForgetsIt() {
            Step<Pop3State, Effect> refused =
                    to(inTheClearAndAsked, "-ERR Turn on TLS.").and(new Forget(secret));

            assertThat(inTheClear.on(new Pass(secret))).isEqualTo(refused);
            assertThat(inTheClear.on(new Auth(new Credentials(ADA, secret)))).isEqualTo(refused);
        }

        @Test
        void asksForNothingInTheClear() {
            assertThat(inTheClear.on(new User(ADA))).isEqualTo(to(inTheClearAndAsked, "-ERR Turn on TLS."));
            assertThat(inTheClear.on(new Auth(SaslMechanism.LOGIN.begin())))
                    .isEqualTo(to(inTheClearAndAsked, "-ERR Turn on TLS."));
        }

        @Test
        void takesANameAndAsksForThePassword() {
            assertThat(greeted.on(new User(ADA))).isEqualTo(to(new Named(ADA, asked), "+OK And the app password?"));
        }

        @Test
        void aPasswordWithoutANameIsForgotten() {
            assertThat(greeted.on(new Pass(secret)))
                    .isEqualTo(to(mistaken, "-ERR Say USER first.").and(new Forget(secret)));
        }

        @Test
        void asksForADecisionOnASaslLogin() {
            assertThat(greeted.on(new Auth(new Credentials(ADA, secret))))
                    .isEqualTo(to(new Deciding(WORDS, greeted)).and(new Decide(ADA, secret)));
        }

        @Test
        void asksForTheMessagesThatDidNotComeAlong() {
            assertThat(greeted.on(new Auth(SaslMechanism.PLAIN.begin())))
                    .isEqualTo(to(new Asking(WORDS, new SaslExchange.Message(), greeted), "+ "));
            assertThat(greeted.on(new Auth(SaslMechanism.LOGIN.begin())))
                    .isEqualTo(to(new Asking(WORDS, new SaslExchange.Name(), greeted), "+ VXNlcm5hbWU6"));
        }

        /** Trap 5 */
        @Test
        void turnsTlsOnOnce() {
            assertThat(inTheClear.on(new Pop3Command.StartTls()))
                    .isEqualTo(to(new Encrypting(FRESH), "+OK Begin TLS.").and(new StartTls()));
            assertThat(greeted.on(new Pop3Command.StartTls())).isEqualTo(to(mistaken, "-ERR TLS is on already."));
        }

        @Test
        void offersWhatWorksNow() {
            assertThat(inTheClear.on(new Capa()).toString()).contains("STLS").doesNotContain("SASL", "USER");
            assertThat(greeted.on(new Capa()).toString())
                    .contains("SASL", "USER")
                    .doesNotContain("STLS");
        }

        @Test
        void theTenthMistakeIsTheLast() {
            assertThat(new Greeted(true, after(0, 9, 0)).on(new Bad("No")))
                    .isEqualTo(rejected(Rejection.MISTAKES, "-ERR No.", "-ERR Too many mistakes. Closing."));
            assertThat(greeted.on(new NotYet())).isEqualTo(to(mistaken, "-ERR Log in first."));
        }

        @Test
        void theHundredthNameIsTheLast() {
            assertThat(new Greeted(true, after(0, 0, 99)).on(new User(ADA)))
                    .isEqualTo(rejected(Rejection.QUESTIONS, "-ERR Too many questions. Closing."));
        }

        @Test
        void saysGoodbyeBeforeItCloses() {
            assertThat(greeted.on(new Quit())).isEqualTo(closing("+OK See you. Closing."));
        }
    }

    @Nested
    class WhenNamed {

        private final Named named = new Named(ADA, asked);

        @Test
        void decidesOnThePassword() {
            assertThat(named.on(new Pass(secret)))
                    .isEqualTo(to(new Deciding(WORDS, asked)).and(new Decide(ADA, secret)));
        }

        /** Trap 19 */
        @Test
        void noPasswordAtAllIsNoMiss() {
            assertThat(named.on(new Pass(typed(" - ")))).isEqualTo(to(new Greeted(true, after(0, 0, 2)), WRONG));
        }

        @Test
        void anythingElseAndTheNameIsForgotten() {
            assertThat(named.on(new NotYet()).next()).isEqualTo(new Greeted(true, after(0, 1, 1)));
        }
    }

    @Nested
    class WhenAsking {

        private final Asking asking = new Asking(WORDS, new SaslExchange.Message(), greeted);

        @Test
        void decidesOnTheMessage() {
            assertThat(asking.on(new Credentials(ADA, secret)))
                    .isEqualTo(to(new Deciding(WORDS, greeted)).and(new Decide(ADA, secret)));
        }

        @Test
        void nobodyActsForAnother() {
            assertThat(asking.on(new ActingForAnother())).isEqualTo(to(asked, "-ERR [AUTH] Only as yourself."));
        }

        @Test
        void aCancelOrAMessThatIsNoneAreMistakesAndNoMisses() {
            assertThat(asking.on(new Cancelled())).isEqualTo(to(mistaken, "-ERR Cancelled."));
            assertThat(asking.on(new Malformed(SaslMechanism.PLAIN)))
                    .isEqualTo(to(mistaken, "-ERR That is no PLAIN message."));
        }
    }

    @Nested
    class WhenDecided {

        @Test
        void acceptedOpensTheMailboxWithoutAnsweringYet() {
            assertThat(decided(0, new Accepted(ADA, SCANNER_ID)))
                    .isEqualTo(to(new Opening(WORDS)).and(new OpenMailbox(new Accepted(ADA, SCANNER_ID))));
        }

        /** L-12 */
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
        void aGuesserMayTryAgainAndLearnsNothing(Reason reason) {
            assertThat(decided(0, new Denied(reason))).isEqualTo(to(new Greeted(true, after(1, 5, 0)), WRONG));
        }

        @Test
        void onlyWhoProvedTheSecretLearnsMore() {
            assertThat(decided(0, new Denied(Reason.EXPIRED)))
                    .isEqualTo(to(new Greeted(true, after(1, 5, 0)), "-ERR [AUTH] This app password has expired."));
        }

        /** L-12 */
        @Test
        void slowedHearsTheSameAsWrong() {
            assertThat(decided(1, new Slowed(Duration.ofDays(1))))
                    .isEqualTo(to(new Greeted(true, after(2, 5, 0)), WRONG));
        }

        /** L-10 */
        @Test
        void turnedAwayHearsTheSameAndIsShownTheDoor() {
            assertThat(decided(0, new TurnedAway()))
                    .isEqualTo(decided(2, new Denied(Reason.NO_MATCH)))
                    .isEqualTo(rejected(Rejection.FAILURES, WRONG, "-ERR Too many failures. Closing."));
        }

        /** Trap 12 */
        @Test
        void anOutageIsNeverBlamedOnThePassword() {
            assertThat(decided(0, new Unavailable("disk full")))
                    .isEqualTo(closing("-ERR [SYS/TEMP] Try again in a few minutes.", "-ERR Come again. Closing."));
        }

        private static Step<Pop3State, Effect> decided(int misses, LoginOutcome outcome) {
            return new Deciding(WORDS, new Greeted(true, after(misses, 5, 0))).on(outcome);
        }
    }

    @Test
    void whatWasSaidBeforeTlsIsForgotten() {
        assertThat(new Encrypting(FRESH).onEncrypted()).isEqualTo(to(greeted));
    }

    @Test
    void anOpenMailboxIsJoined() {
        assertThat(new Opening(WORDS).onOpened(List.of("TOP")))
                .isEqualTo(to(new Joined(), "+OK Logged in.").and(new Join()));
    }

    @ParameterizedTest
    @EnumSource
    void noUpstreamFailureIsBlamedOnThePassword(UpstreamFailure failure) {
        Step<Pop3State, Effect> step = new Opening(WORDS).on(failure);

        assertThat(step.next()).isEqualTo(new Closing());
        assertThat(step.effects()).endsWith(new Close());
        assertThat(step.toString())
                .containsPattern("-ERR \\[(SYS/TEMP|SYS/PERM|IN-USE|LOGIN-DELAY)]")
                .doesNotContain("[AUTH]")
                .doesNotContainIgnoringCase("wrong")
                .doesNotContainIgnoringCase("password");
    }

    @Test
    void onlyWhoHasTheTurnIsListenedTo() {
        assertThat(List.of(greeted, new Named(ADA, greeted), new Asking(WORDS, new SaslExchange.Message(), greeted)))
                .allMatch(ClientState::listens);
        assertThat(List.of(
                        new Encrypting(FRESH),
                        new Deciding(WORDS, greeted),
                        new Opening(WORDS),
                        new Joined(),
                        new Closing()))
                .noneMatch(ClientState::listens);
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(Pop3State.class).namesTheStatesAndNothingElse();
    }

    private static Step<Pop3State, Effect> to(Pop3State next, String... replies) {
        return Effect.to(next, replies);
    }

    private static Step<Pop3State, Effect> rejected(Rejection why, String... replies) {
        return to(new Closing(), replies).and(new Reject(why)).and(new Close());
    }

    private static Step<Pop3State, Effect> closing(String... replies) {
        return to(new Closing(), replies).and(new Close());
    }
}

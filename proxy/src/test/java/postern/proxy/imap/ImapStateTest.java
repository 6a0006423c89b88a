package postern.proxy.imap;

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
import postern.proxy.imap.ImapCommand.Authenticate;
import postern.proxy.imap.ImapCommand.Bad;
import postern.proxy.imap.ImapCommand.Capability;
import postern.proxy.imap.ImapCommand.Login;
import postern.proxy.imap.ImapCommand.Logout;
import postern.proxy.imap.ImapCommand.Noop;
import postern.proxy.imap.ImapCommand.TooMuch;
import postern.proxy.imap.ImapCommand.UnknownMechanism;
import postern.proxy.imap.ImapState.Asking;
import postern.proxy.imap.ImapState.Closing;
import postern.proxy.imap.ImapState.Deciding;
import postern.proxy.imap.ImapState.Encrypting;
import postern.proxy.imap.ImapState.Greeted;
import postern.proxy.imap.ImapState.Joined;
import postern.proxy.imap.ImapState.Opening;
import postern.proxy.listen.Rejection;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.GoOn;
import postern.proxy.sasl.SaslStep.Malformed;
import postern.proxy.upstream.UpstreamFailure;

class ImapStateTest {

    private static final String WRONG = " NO [AUTHENTICATIONFAILED] Wrong user name or app password.";

    private static final ImapPhrases A1 = new ImapPhrases("a1");

    private final PresentedSecret secret = typed(SCANNER_SECRET);
    private final Greeted inTheClear = new Greeted(false, after(0, 0, 0));
    private final Greeted greeted = new Greeted(true, after(0, 0, 0));
    private final Greeted inTheClearAndAsked = new Greeted(false, after(0, 0, 1));
    private final Greeted asked = new Greeted(true, after(0, 0, 1));

    @Nested
    class WhenGreeted {

        @Test
        void refusesAPasswordInTheClearAndForgetsIt() {
            Step<ImapState, Effect> refused = to(inTheClearAndAsked, "a1 NO [PRIVACYREQUIRED] Turn on TLS.")
                    .and(new Forget(secret));

            assertThat(inTheClear.on(new Login("a1", ADA, secret))).isEqualTo(refused);
            assertThat(inTheClear.on(new Authenticate("a1", new Credentials(ADA, secret))))
                    .isEqualTo(refused);
        }

        @Test
        void asksForNoMessageInTheClear() {
            assertThat(inTheClear.on(new Authenticate("a1", SaslMechanism.PLAIN.begin())))
                    .isEqualTo(to(inTheClearAndAsked, "a1 NO [PRIVACYREQUIRED] Turn on TLS."));
        }

        @Test
        void asksForADecisionOverTlsWhicheverWayTheSecretCame() {
            Step<ImapState, Effect> decide = to(new Deciding(A1, greeted)).and(new Decide(ADA, secret));

            assertThat(greeted.on(new Login("a1", ADA, secret))).isEqualTo(decide);
            assertThat(greeted.on(new Authenticate("a1", new Credentials(ADA, secret))))
                    .isEqualTo(decide);
        }

        @Test
        void asksForTheMessageThatDidNotComeAlong() {
            assertThat(greeted.on(new Authenticate("a1", SaslMechanism.PLAIN.begin())))
                    .isEqualTo(to(new Asking(A1, new SaslExchange.Message(), greeted), "+ "));
        }

        @Test
        void noPasswordAtAllIsNoMiss() {
            assertThat(greeted.on(new Login("a1", ADA, typed(" - ")))).isEqualTo(to(asked, "a1" + WRONG));
        }

        @Test
        void turnsTlsOnOnce() {
            assertThat(inTheClear.on(new ImapCommand.StartTls("a1")))
                    .isEqualTo(to(new Encrypting(FRESH), "a1 OK Begin TLS.").and(new StartTls()));
            assertThat(greeted.on(new ImapCommand.StartTls("a1")))
                    .isEqualTo(to(new Greeted(true, after(0, 1, 0)), "a1 BAD TLS is on already."));
        }

        @Test
        void offersWhatWorksNow() {
            assertThat(inTheClear.on(new Capability("a1")))
                    .isEqualTo(to(
                            inTheClearAndAsked,
                            "* CAPABILITY IMAP4rev1 LITERAL- SASL-IR ID STARTTLS LOGINDISABLED",
                            "a1 OK That is all."));
            assertThat(greeted.on(new Capability("a1")))
                    .isEqualTo(
                            to(asked, "* CAPABILITY IMAP4rev1 LITERAL- SASL-IR ID AUTH=PLAIN", "a1 OK That is all."));
        }

        @Test
        void aQuestionIsNoMistake() {
            assertThat(greeted.on(new Noop("a1")).next()).isEqualTo(asked);
            assertThat(greeted.on(new UnknownMechanism("a1")).next()).isEqualTo(asked);
        }

        @Test
        void theTenthMistakeIsTheLast() {
            assertThat(new Greeted(true, after(0, 8, 0)).on(new Bad("a1", "No")).next())
                    .isEqualTo(new Greeted(true, after(0, 9, 0)));
            assertThat(new Greeted(true, after(0, 9, 0)).on(new Bad("a1", "No")))
                    .isEqualTo(to(new Closing(), "a1 BAD No.", "* BYE Too many mistakes.")
                            .and(new Reject(Rejection.MISTAKES))
                            .and(new Close()));
        }

        @Test
        void anIdBeyondItsBoundsIsAMistakeAndCounted() {
            assertThat(greeted.on(new TooMuch("a1", "Expected less")))
                    .isEqualTo(to(new Greeted(true, after(0, 1, 0)), "a1 BAD Expected less.")
                            .and(new Reject(Rejection.ID)));
        }

        @Test
        void saysGoodbyeBeforeItCloses() {
            assertThat(greeted.on(new Logout("a1")))
                    .isEqualTo(to(new Closing(), "* BYE See you.", "a1 OK Bye.").and(new Close()));
        }
    }

    @Nested
    class WhenAsking {

        private final Asking asking = new Asking(A1, new SaslExchange.Message(), greeted);

        @Test
        void decidesOnTheMessage() {
            assertThat(asking.on(new Credentials(ADA, secret)))
                    .isEqualTo(to(new Deciding(A1, greeted)).and(new Decide(ADA, secret)));
        }

        @Test
        void asksOnWhereTheMechanismDoes() {
            assertThat(asking.on(new GoOn(new SaslExchange.Password(ADA))))
                    .isEqualTo(to(new Asking(A1, new SaslExchange.Password(ADA), greeted), "+ UGFzc3dvcmQ6"));
        }

        @Test
        void nobodyActsForAnother() {
            assertThat(asking.on(new ActingForAnother()))
                    .isEqualTo(to(asked, "a1 NO [AUTHORIZATIONFAILED] Only as yourself."));
        }

        @Test
        void aCancelOrAMessThatIsNoneAreMistakesAndNoMisses() {
            assertThat(asking.on(new Cancelled()))
                    .isEqualTo(to(new Greeted(true, after(0, 1, 0)), "a1 BAD Cancelled."));
            assertThat(asking.on(new Malformed(SaslMechanism.PLAIN)))
                    .isEqualTo(to(new Greeted(true, after(0, 1, 0)), "a1 BAD That is no PLAIN message."));
        }
    }

    @Nested
    class WhenDecided {

        @Test
        void acceptedOpensTheMailboxWithoutAnsweringYet() {
            assertThat(decided(0, new Accepted(ADA, SCANNER_ID)))
                    .isEqualTo(to(new Opening(A1)).and(new OpenMailbox(new Accepted(ADA, SCANNER_ID))));
        }

        /** L-12 */
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
        void aGuesserMayTryAgainAndLearnsNothing(Reason reason) {
            assertThat(decided(0, new Denied(reason))).isEqualTo(to(new Greeted(true, after(1, 5, 0)), "a1" + WRONG));
        }

        @Test
        void onlyWhoProvedTheSecretLearnsMore() {
            assertThat(decided(0, new Denied(Reason.EXPIRED)))
                    .isEqualTo(to(new Greeted(true, after(1, 5, 0)), "a1 NO [EXPIRED] This app password has expired."));
        }

        /** L-12: to its owner a stale phone says "wrong password", and not "later" for ever. */
        @Test
        void slowedHearsTheSameAsWrong() {
            assertThat(decided(1, new Slowed(Duration.ofDays(1))))
                    .isEqualTo(to(new Greeted(true, after(2, 5, 0)), "a1" + WRONG));
        }

        /** L-10 */
        @Test
        void turnedAwayHearsTheSameAndIsShownTheDoor() {
            assertThat(decided(0, new TurnedAway())).isEqualTo(decided(2, new Denied(Reason.NO_MATCH)));
        }

        @Test
        void theThirdMissIsTheLast() {
            assertThat(decided(2, new Denied(Reason.NO_MATCH)))
                    .isEqualTo(to(new Closing(), "a1" + WRONG, "* BYE Too many failures.")
                            .and(new Reject(Rejection.FAILURES))
                            .and(new Close()));
        }

        @Test
        void anOutageIsNeverBlamedOnThePassword() {
            assertThat(decided(0, new Unavailable("disk full")))
                    .isEqualTo(to(new Closing(), "a1 NO [UNAVAILABLE] Try again in a few minutes.", "* BYE Come again.")
                            .and(new Close()));
        }

        private static Step<ImapState, Effect> decided(int misses, LoginOutcome outcome) {
            return new Deciding(A1, new Greeted(true, after(misses, 5, 0))).on(outcome);
        }
    }

    @Test
    void whatWasSaidBeforeTlsIsForgotten() {
        assertThat(new Encrypting(FRESH).onEncrypted()).isEqualTo(to(greeted));
    }

    @Test
    void tellsWhatTheMailboxCanDoWithTheAnswer() {
        assertThat(new Opening(A1).onOpened(List.of("IMAP4rev1", "IDLE")))
                .isEqualTo(to(new Joined(), "a1 OK [CAPABILITY IMAP4rev1 IDLE] Logged in.")
                        .and(new Join()));
    }

    @ParameterizedTest
    @EnumSource
    void noUpstreamFailureIsBlamedOnThePassword(UpstreamFailure failure) {
        Step<ImapState, Effect> step = new Opening(A1).on(failure);

        assertThat(step.next()).isEqualTo(new Closing());
        assertThat(step.effects()).endsWith(new Close());
        assertThat(step.toString())
                .contains("a1 NO [")
                .doesNotContainIgnoringCase("AUTHENTICATIONFAILED")
                .doesNotContainIgnoringCase("wrong")
                .doesNotContainIgnoringCase("password");
    }

    @Test
    void onlyWhoHasTheTurnIsListenedTo() {
        assertThat(List.of(greeted, new Asking(A1, new SaslExchange.Message(), greeted)))
                .allMatch(ClientState::listens);
        assertThat(List.of(
                        new Encrypting(FRESH), new Deciding(A1, greeted), new Opening(A1), new Joined(), new Closing()))
                .noneMatch(ClientState::listens);
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(ImapState.class).namesTheStatesAndNothingElse();
    }

    private static Step<ImapState, Effect> to(ImapState next, String... replies) {
        return Effect.to(next, replies);
    }
}

package postern.proxy.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.typed;
import static postern.proxy.conversation.SampleBounds.FRESH;
import static postern.proxy.conversation.SampleBounds.after;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import postern.proxy.conversation.Effect.DecideByAddress;
import postern.proxy.conversation.Effect.Forget;
import postern.proxy.conversation.Effect.Join;
import postern.proxy.conversation.Effect.OpenMailbox;
import postern.proxy.conversation.Effect.Reject;
import postern.proxy.conversation.Effect.StartTls;
import postern.proxy.conversation.Patience;
import postern.proxy.conversation.StatePicture;
import postern.proxy.conversation.Step;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.Rejection;
import postern.proxy.listen.Rights;
import postern.proxy.sasl.SaslExchange;
import postern.proxy.sasl.SaslMechanism;
import postern.proxy.sasl.SaslStep.ActingForAnother;
import postern.proxy.sasl.SaslStep.Cancelled;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.sasl.SaslStep.Malformed;
import postern.proxy.smtp.SmtpCommand.Auth;
import postern.proxy.smtp.SmtpCommand.Bad;
import postern.proxy.smtp.SmtpCommand.Ehlo;
import postern.proxy.smtp.SmtpCommand.Forbidden;
import postern.proxy.smtp.SmtpCommand.Mail;
import postern.proxy.smtp.SmtpCommand.NotYet;
import postern.proxy.smtp.SmtpCommand.Quit;
import postern.proxy.smtp.SmtpState.Asking;
import postern.proxy.smtp.SmtpState.Closing;
import postern.proxy.smtp.SmtpState.Deciding;
import postern.proxy.smtp.SmtpState.Encrypting;
import postern.proxy.smtp.SmtpState.Greeted;
import postern.proxy.smtp.SmtpState.Joined;
import postern.proxy.smtp.SmtpState.Opening;
import postern.proxy.upstream.UpstreamFailure;

class SmtpStateTest {

    private static final String WRONG = "535 5.7.8 Wrong user name or app password.";
    private static final SmtpPhrases WORDS = new SmtpPhrases();
    private static final SmtpOffer OFFER = new SmtpOffer("mail.example", List.of("SIZE"));

    private final PresentedSecret secret = typed(SCANNER_SECRET);
    private final Greeted inTheClear = new Greeted(OFFER, false, Rights.NONE, FRESH);
    private final Greeted greeted = new Greeted(OFFER, true, Rights.NONE, FRESH);
    private final Greeted asked = greeted(after(0, 0, 1));
    private final Greeted mistaken = greeted(after(0, 1, 0));

    @Nested
    class WhenGreeted {

        @Test
        void refusesAPasswordInTheClearAndForgetsIt() {
            assertThat(inTheClear.on(new Auth(new Credentials(ADA, secret))))
                    .isEqualTo(
                            to(new Greeted(OFFER, false, Rights.NONE, after(0, 0, 1)), "530 5.7.0 Turn on TLS first.")
                                    .and(new Forget(secret)));
        }

        /** Who is where the operator trusts the wire is offered both, and asked for no TLS. */
        @Test
        void readsAPasswordInTheClearFromWhereItMay() {
            Greeted trusted = new Greeted(OFFER, false, new Rights(false, true, Optional.empty()), FRESH);

            assertThat(trusted.on(new Ehlo("scanner")).effects())
                    .contains(new Effect.Reply("250-mail.example\r\n250-SIZE\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"));
            assertThat(trusted.on(new Auth(new Credentials(ADA, secret))))
                    .isEqualTo(to(new Deciding(WORDS, trusted)).and(new Decide(ADA, secret)));
            assertThat(trusted.on(new NotYet()).toString()).contains("530 5.7.0 Log in first.");
            assertThat(trusted.on(new SmtpCommand.StartTls()).next())
                    .isEqualTo(new Encrypting(OFFER, new Rights(false, true, Optional.empty()), FRESH));
        }

        /** The line itself is what the mail server hears first, and the client has no answer of ours. */
        @Test
        void mailIsTheLoginOfAnAddressThatIsKnown() {
            LoginByAddress login = new LoginByAddress(ADA, SCANNER_ID);
            Greeted known = new Greeted(OFFER, false, new Rights(false, false, Optional.of(login)), FRESH);
            SmtpPhrases ofMail = new SmtpPhrases(Optional.of("MAIL FROM:<a>\n"));

            assertThat(known.on(new Mail("MAIL FROM:<a>\n")))
                    .isEqualTo(to(new Deciding(ofMail, known)).and(new DecideByAddress(login)));
            assertThat(new Opening(ofMail).onOpened(List.of()))
                    .isEqualTo(to(new Joined()).and(new Join(Optional.of("MAIL FROM:<a>\n"))));
            assertThat(new Deciding(ofMail, known)
                            .on(new Denied(Reason.REVOKED))
                            .toString())
                    .contains("530 5.7.0 Log in first.");
            assertThat(greeted.on(new Mail("MAIL FROM:<a>\n"))).isEqualTo(to(mistaken, "530 5.7.0 Log in first."));
        }

        @Test
        void takesNoMailBeforeTheLogin() {
            assertThat(inTheClear.on(new NotYet()).toString()).contains("530 5.7.0 Turn on TLS first.");
            assertThat(greeted.on(new NotYet())).isEqualTo(to(mistaken, "530 5.7.0 Log in first."));
        }

        /** Trap 32 */
        @Test
        void believesNobodyWhoSpeaksForOthers() {
            assertThat(greeted.on(new Forbidden())).isEqualTo(to(mistaken, "550 5.7.0 Not here."));
        }

        @Test
        void asksForADecisionWhenAllCameAlong() {
            assertThat(greeted.on(new Auth(new Credentials(ADA, secret))))
                    .isEqualTo(to(new Deciding(WORDS, greeted)).and(new Decide(ADA, secret)));
        }

        @Test
        void asksForTheMessagesThatDidNotComeAlong() {
            assertThat(greeted.on(new Auth(SaslMechanism.PLAIN.begin())))
                    .isEqualTo(to(new Asking(WORDS, new SaslExchange.Message(), greeted), "334 "));
            assertThat(greeted.on(new Auth(SaslMechanism.LOGIN.begin())))
                    .isEqualTo(to(new Asking(WORDS, new SaslExchange.Name(), greeted), "334 VXNlcm5hbWU6"));
        }

        /** Trap 19 */
        @Test
        void noPasswordAtAllIsNoMiss() {
            assertThat(greeted.on(new Auth(new Credentials(ADA, typed(" "))))).isEqualTo(to(asked, WRONG));
        }

        /** Trap 5 */
        @Test
        void turnsTlsOnOnce() {
            assertThat(inTheClear.on(new SmtpCommand.StartTls()))
                    .isEqualTo(to(new Encrypting(OFFER, Rights.NONE, FRESH), "220 2.0.0 Begin TLS.")
                            .and(new StartTls()));
            assertThat(greeted.on(new SmtpCommand.StartTls())).isEqualTo(to(mistaken, "503 5.5.1 TLS is on already."));
        }

        @Test
        void offersWhatWorksNowAndWhatIsPromised() {
            assertThat(inTheClear.on(new Ehlo("scanner")).effects())
                    .containsExactly(
                            new Effect.Reply("250-mail.example\r\n250-SIZE\r\n250 STARTTLS"),
                            new Effect.Met(Optional.of("scanner")));
            assertThat(greeted.on(new Ehlo("scanner")).effects())
                    .containsExactly(
                            new Effect.Reply("250-mail.example\r\n250-SIZE\r\n250 AUTH PLAIN LOGIN"),
                            new Effect.Met(Optional.of("scanner")));
        }

        @Test
        void theTenthMistakeIsTheLast() {
            assertThat(greeted(after(0, 9, 0)).on(new Bad("500 5.5.2", "No")))
                    .isEqualTo(rejected(Rejection.MISTAKES, "500 5.5.2 No.", "421 4.7.0 Too many mistakes."));
        }

        @Test
        void saysGoodbyeBeforeItCloses() {
            assertThat(greeted.on(new Quit())).isEqualTo(closing("221 2.0.0 See you."));
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
            assertThat(asking.on(new ActingForAnother())).isEqualTo(to(asked, "535 5.7.8 Only as yourself."));
        }

        @Test
        void aCancelOrAMessThatIsNoneAreMistakesAndNoMisses() {
            assertThat(asking.on(new Cancelled())).isEqualTo(to(mistaken, "501 5.7.0 Cancelled."));
            assertThat(asking.on(new Malformed(SaslMechanism.LOGIN)))
                    .isEqualTo(to(mistaken, "501 5.5.2 That is no LOGIN message."));
        }
    }

    @Nested
    class WhenDecided {

        @Test
        void acceptedOpensTheWayWithoutAnsweringYet() {
            assertThat(decided(0, new Accepted(ADA, SCANNER_ID)))
                    .isEqualTo(to(new Opening(WORDS)).and(new OpenMailbox(new Accepted(ADA, SCANNER_ID))));
        }

        /** L-12 */
        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
        void aGuesserMayTryAgainAndLearnsNothing(Reason reason) {
            assertThat(decided(0, new Denied(reason))).isEqualTo(to(greeted(after(1, 5, 0)), WRONG));
        }

        @Test
        void onlyWhoProvedTheSecretLearnsMore() {
            assertThat(decided(0, new Denied(Reason.EXPIRED)))
                    .isEqualTo(to(greeted(after(1, 5, 0)), "535 5.7.8 This app password has expired."));
        }

        /** L-12 */
        @Test
        void slowedHearsTheSameAsWrong() {
            assertThat(decided(1, new Slowed(Duration.ofDays(1)))).isEqualTo(to(greeted(after(2, 5, 0)), WRONG));
        }

        /** L-10 */
        @Test
        void turnedAwayHearsTheSameAndIsShownTheDoor() {
            assertThat(decided(0, new TurnedAway()))
                    .isEqualTo(decided(2, new Denied(Reason.NO_MATCH)))
                    .isEqualTo(rejected(Rejection.FAILURES, WRONG, "421 4.7.0 Too many failures."));
        }

        /** Trap 12 */
        @Test
        void anOutageIsNeverBlamedOnThePassword() {
            assertThat(decided(0, new Unavailable("disk full")))
                    .isEqualTo(closing("454 4.7.0 Try again in a few minutes.", "421 4.7.0 Come again."));
        }

        private static Step<SmtpState, Effect> decided(int misses, LoginOutcome outcome) {
            return new Deciding(WORDS, greeted(after(misses, 5, 0))).on(outcome);
        }
    }

    @Test
    void whatWasSaidBeforeTlsIsForgotten() {
        assertThat(new Encrypting(OFFER, Rights.NONE, FRESH).onEncrypted()).isEqualTo(to(greeted));
    }

    @Test
    void anOpenWayIsJoined() {
        assertThat(new Opening(WORDS).onOpened(List.of("SIZE 1")))
                .isEqualTo(to(new Joined(), "235 2.7.0 Logged in.").and(new Join()));
    }

    @ParameterizedTest
    @EnumSource
    void noUpstreamFailureIsBlamedOnThePassword(UpstreamFailure failure) {
        Step<SmtpState, Effect> step = new Opening(WORDS).on(failure);

        assertThat(step.next()).isEqualTo(new Closing());
        assertThat(step.effects()).endsWith(new Close());
        assertThat(step.toString())
                .contains("454 4.7.0 ", "421 4.7.0 ")
                .doesNotContain("535")
                .doesNotContainIgnoringCase("password");
    }

    @Test
    void onlyWhoHasTheTurnIsListenedTo() {
        assertThat(List.of(greeted, new Asking(WORDS, new SaslExchange.Message(), greeted)))
                .allMatch(ClientState::listens);
        assertThat(List.of(
                        new Encrypting(OFFER, Rights.NONE, FRESH),
                        new Deciding(WORDS, greeted),
                        new Opening(WORDS),
                        new Joined(),
                        new Closing()))
                .noneMatch(ClientState::listens);
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(SmtpState.class).namesTheStatesAndNothingElse();
    }

    private static Greeted greeted(Patience patience) {
        return new Greeted(OFFER, true, Rights.NONE, patience);
    }

    private static Step<SmtpState, Effect> to(SmtpState next, String... replies) {
        return Effect.to(next, replies);
    }

    private static Step<SmtpState, Effect> rejected(Rejection why, String... replies) {
        return to(new Closing(), replies).and(new Reject(why)).and(new Close());
    }

    private static Step<SmtpState, Effect> closing(String... replies) {
        return to(new Closing(), replies).and(new Close());
    }
}

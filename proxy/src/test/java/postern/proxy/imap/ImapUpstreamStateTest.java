package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.StatePicture;
import postern.proxy.conversation.Step;
import postern.proxy.conversation.UpstreamEffect;
import postern.proxy.conversation.UpstreamEffect.Fail;
import postern.proxy.conversation.UpstreamEffect.Opened;
import postern.proxy.conversation.UpstreamEffect.Send;
import postern.proxy.conversation.UpstreamEffect.StartTls;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.imap.ImapUpstreamState.Authenticating;
import postern.proxy.imap.ImapUpstreamState.Connected;
import postern.proxy.imap.ImapUpstreamState.Ended;
import postern.proxy.imap.ImapUpstreamState.Introducing;
import postern.proxy.imap.ImapUpstreamState.Look;
import postern.proxy.imap.ImapUpstreamState.Looking;
import postern.proxy.imap.ImapUpstreamState.Plan;
import postern.proxy.imap.ImapUpstreamState.Probing;
import postern.proxy.imap.ImapUpstreamState.Upgrading;
import postern.proxy.imap.ImapUpstreamState.Welcomed;
import postern.proxy.upstream.Errand.Told;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;

class ImapUpstreamStateTest {

    private final Plan login = plan(UpstreamLogin.of("LOGIN x y"));
    private final Plan startTls = new Plan(login.login(), true, Optional.empty(), false);
    private final Plan twoSteps = plan(UpstreamLogin.of("AUTHENTICATE PLAIN", "AGEAYg=="));

    @Nested
    class AtTheGreeting {

        @Test
        void logsIn() {
            assertThat(new Connected(login).on("* OK ready"))
                    .isEqualTo(UpstreamEffect.to(new Authenticating(login)).and(new Send("L1 LOGIN x y")));
        }

        @Test
        void wantsTlsFirstWhereItIsToldTo() {
            assertThat(new Connected(startTls).on("* ok [CAPABILITY IMAP4rev1] ready"))
                    .isEqualTo(UpstreamEffect.to(new Upgrading(startTls)).and(new Send("S1 STARTTLS")));
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void aMailboxThatIsOpenAlreadyIsNobodys(boolean wantsTls) {
            assertThat(failure(new Connected(wantsTls ? startTls : login).on("* PREAUTH welcome")))
                    .isEqualTo(UpstreamFailure.CONFUSED);
        }

        @ParameterizedTest
        @CsvSource({"* BYE busy, UNREACHABLE", "220 mail.example ESMTP, CONFUSED", "'', CONFUSED", "* NO, CONFUSED"})
        void anythingElseIsAFailure(String line, UpstreamFailure expected) {
            assertThat(failure(new Connected(login).on(line))).isEqualTo(expected);
        }
    }

    @Nested
    class WhileTlsIsAskedFor {

        private final Upgrading upgrading = new Upgrading(login);

        @Test
        void turnsItOnAtTheOkAndSaysNothingBeforeItIsOn() {
            assertThat(upgrading.on("S1 OK go").effects()).containsExactly(new StartTls());
            assertThat(upgrading.onEncrypted().effects()).containsExactly(new Send("L1 LOGIN x y"));
        }

        @Test
        void believesNothingThatIsSaidInTheClear() {
            assertThat(upgrading.on("* CAPABILITY IMAP4rev1").effects()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"S1 NO not here", "S1 BAD what", "L1 OK you are in", "+ go on"})
        void doesNotGoOnWithoutIt(String line) {
            assertThat(failure(upgrading.on(line))).isEqualTo(UpstreamFailure.UNTRUSTED);
        }
    }

    @Nested
    class WhileLoggingIn {

        @Test
        void givesItsResponseOnceAskedFor() {
            Step<ImapUpstreamState, UpstreamEffect> responded = new Authenticating(twoSteps).on("+");

            assertThat(responded.effects()).containsExactly(new Send("AGEAYg=="));
            assertThat(failure(responded.next().on("+ more"))).isEqualTo(UpstreamFailure.CONFUSED);
        }

        /** An OK to half a login opens a mailbox as nobody, like PREAUTH. */
        @Test
        void believesNoOkBeforeItHasSaidAll() {
            assertThat(failure(new Authenticating(twoSteps).on("L1 OK in"))).isEqualTo(UpstreamFailure.CONFUSED);
        }

        @Test
        void hasNothingMoreToSayToAPlusThatNobodyNeeds() {
            assertThat(failure(new Authenticating(login).on("+ "))).isEqualTo(UpstreamFailure.CONFUSED);
        }

        @ParameterizedTest
        @CsvSource({
            "L1 NO [AUTHENTICATIONFAILED] no, REFUSED",
            "l1 no, REFUSED",
            "L1 NO [INUSE] somebody else has it, BUSY",
            "L1 NO [LIMIT] too many connections, BUSY",
            "L1 NO [ALERT] Too many simultaneous connections. (Failure), BUSY",
            "L1 BAD User is authenticated but not connected., NOT_CONNECTED",
            "L1 BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds, THROTTLED",
            "L1 NO AUTHENTICATE failed., REFUSED",
            "L1 BAD what, CONFUSED",
            "* BYE too many, UNREACHABLE",
            "L2 OK you are in, CONFUSED",
            "'', CONFUSED"
        })
        void tellsOneFailureFromAnother(String line, UpstreamFailure expected) {
            assertThat(failure(new Authenticating(login).on(line))).isEqualTo(expected);
        }

        @Test
        void letsItTalkMeanwhile() {
            assertThat(new Authenticating(login).on("* CAPABILITY IMAP4rev1").effects())
                    .isEmpty();
        }
    }

    @Nested
    class Welcome {

        @Test
        void takesWhatItCanDoFromTheOk() {
            assertThat(new Authenticating(login).on("L1 OK [capability IMAP4rev1 AUTH=PLAIN IDLE] in"))
                    .isEqualTo(UpstreamEffect.to(new Ended()).and(new Opened(List.of("IMAP4rev1", "IDLE"))));
        }

        @Test
        void asksWhenItWasNotTold() {
            assertThat(said("L1 OK in", "* CAPABILITY IMAP4rev1 STARTTLS IDLE", "* 3 EXISTS", "C1 OK done"))
                    .containsExactly(new Send("C1 CAPABILITY"), new Opened(List.of("IMAP4rev1", "IDLE")));
        }

        @ParameterizedTest
        @CsvSource({"C1 OK done, CONFUSED", "C1 NO, CONFUSED", "C1 BAD, CONFUSED", "+ , CONFUSED", "* BYE, UNREACHABLE"
        })
        void opensNothingThatWillNotSay(String line, UpstreamFailure expected) {
            assertThat(failure(new Welcomed(login, "").on(line))).isEqualTo(expected);
        }

        @Test
        void isDeafInTheEnd() {
            assertThat(new Ended().on("* BYE")).isEqualTo(UpstreamEffect.to(new Ended()));
        }

        private List<UpstreamEffect> said(String... lines) {
            List<UpstreamEffect> effects = new ArrayList<>();
            ImapUpstreamState state = new Authenticating(login);
            for (String line : lines) {
                Step<ImapUpstreamState, UpstreamEffect> step = state.on(line);
                effects.addAll(step.effects());
                state = step.next();
            }
            return effects;
        }
    }

    /** Traps 27 and 29: who explains a refusal wants to hear that we have heard, and only then refuses. */
    @Test
    void hearsTheExplanationOfARefusalToItsEnd() {
        UpstreamLogin bearer = UpstreamLogin.sasl(
                "AUTHENTICATE", new UpstreamProof.Bearer(Mechanism.XOAUTH2, "ada@example.org", "t0ken"));
        Step<ImapUpstreamState, UpstreamEffect> said = new Authenticating(plan(bearer)).on("+ ");
        Step<ImapUpstreamState, UpstreamEffect> explained =
                said.next().on("+ eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=");

        assertThat(explained.effects()).containsExactly(new Send(""));
        assertThat(explained.next().on("L1 NO no").effects())
                .containsExactly(
                        new Fail(UpstreamFailure.REFUSED, "L1 NO no {\"status\":\"401\",\"schemes\":\"bearer\"}"));
        assertThat(failure(explained.next().on("+ more"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(failure(explained.next().on("* BYE"))).isEqualTo(UpstreamFailure.UNREACHABLE);
    }

    @Test
    void tellsWhoseClientItIsBeforeItLogsIn() {
        Plan told = new Plan(login.login(), false, Optional.of(new Told("2001:db8::7", 4)), false);

        assertThat(new Connected(told).on("* OK ready"))
                .isEqualTo(UpstreamEffect.to((ImapUpstreamState) new Introducing(told))
                        .and(new Send("I1 ID (\"x-originating-ip\" \"2001:db8::7\" \"x-proxy-ttl\" \"4\")")));
        assertThat(new Introducing(told).on("* ID NIL").effects()).isEmpty();
        assertThat(new Introducing(told).on("I1 OK heard").effects()).containsExactly(new Send("L1 LOGIN x y"));
        assertThat(failure(new Introducing(told).on("I1 BAD what"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Nested
    class WhoOnlyLooks {

        private final Look look = new Look(false);

        @Test
        void hearsAllThatThereIsAndProvesNothing() {
            Step<ImapUpstreamState, UpstreamEffect> asked = new Connected(look).on("* OK ready");

            assertThat(asked.effects()).containsExactly(new Send("C1 CAPABILITY"));
            Step<ImapUpstreamState, UpstreamEffect> heard =
                    asked.next().on("* capability IMAP4rev1 AUTH=PLAIN LOGINDISABLED b(d");
            assertThat(heard.effects()).isEmpty();
            assertThat(heard.next().on("C1 OK done").effects())
                    .containsExactly(new Opened(List.of("IMAP4rev1", "AUTH=PLAIN", "LOGINDISABLED")));
        }

        @Test
        void wantsTlsFirstAsALoginDoes() {
            Step<ImapUpstreamState, UpstreamEffect> asked = new Connected(new Look(true)).on("* OK ready");

            assertThat(asked.effects()).containsExactly(new Send("S1 STARTTLS"));
            assertThat(((Upgrading) asked.next()).onEncrypted().effects()).containsExactly(new Send("C1 CAPABILITY"));
        }

        @ParameterizedTest
        @CsvSource({"* PREAUTH in, CONFUSED", "* BYE no, UNREACHABLE"})
        void isToldApartAsALoginIs(String line, UpstreamFailure expected) {
            assertThat(failure(new Connected(look).on(line))).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"C1 OK done, CONFUSED", "C1 BAD what, CONFUSED", "+ , CONFUSED", "* BYE, UNREACHABLE"})
        void believesNoAnswerThatIsNone(String line, UpstreamFailure expected) {
            assertThat(failure(new Looking("").on(line))).isEqualTo(expected);
        }
    }

    @Nested
    class WhereMailboxesAreLookedAt {

        private final Plan probing = new Plan(login.login(), false, Optional.empty(), true);

        @Test
        void opensWhatIsThere() {
            Step<ImapUpstreamState, UpstreamEffect> asked =
                    new Authenticating(probing).on("L1 OK [CAPABILITY IMAP4rev1] in");

            assertThat(asked.effects()).containsExactly(new Send("P1 STATUS INBOX (UIDVALIDITY)"));
            assertThat(asked.next().on("* STATUS INBOX (UIDVALIDITY 7)").effects())
                    .isEmpty();
            assertThat(asked.next().on("P1 OK done").effects()).containsExactly(new Opened(List.of("IMAP4rev1")));
        }

        @ParameterizedTest
        @CsvSource({
            "P1 BAD User is authenticated but not connected., NOT_CONNECTED",
            "P1 NO no such mailbox, NOT_CONNECTED",
            "* BYE Connection closed. 14, NOT_CONNECTED",
            "P1 BAD Request is throttled. Suggested Backoff Time: 1000 milliseconds, THROTTLED",
            "C1 OK done, CONFUSED"
        })
        void opensNothingThatIsNot(String line, UpstreamFailure expected) {
            assertThat(failure(new Probing(List.of()).on(line))).isEqualTo(expected);
        }
    }

    @Test
    void noStateTellsAPassword() {
        assertThat(List.of(
                        new Connected(twoSteps),
                        new Upgrading(twoSteps),
                        new Authenticating(twoSteps),
                        new Authenticating(twoSteps).on("+")))
                .noneMatch(state -> state.toString().contains("AGEAYg"));
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(ImapUpstreamState.class).namesTheStatesAndNothingElse();
    }

    private static Plan plan(UpstreamLogin login) {
        return new Plan(login, false, Optional.empty(), false);
    }

    private static UpstreamFailure failure(Step<ImapUpstreamState, UpstreamEffect> step) {
        assertThat(step.next()).isEqualTo(new Ended());
        return ((Fail) step.effects().getFirst()).why();
    }
}

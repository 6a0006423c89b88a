package postern.proxy.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import postern.proxy.smtp.SmtpUpstreamState.Authenticating;
import postern.proxy.smtp.SmtpUpstreamState.Connected;
import postern.proxy.smtp.SmtpUpstreamState.Ended;
import postern.proxy.smtp.SmtpUpstreamState.Introducing;
import postern.proxy.smtp.SmtpUpstreamState.Look;
import postern.proxy.smtp.SmtpUpstreamState.Plan;
import postern.proxy.smtp.SmtpUpstreamState.Upgrading;
import postern.proxy.smtp.SmtpUpstreamState.Vouching;
import postern.proxy.upstream.Errand.Told;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

class SmtpUpstreamStateTest {

    private static final UpstreamLogin LOGIN = UpstreamLogin.of("AUTH PLAIN", "AGEAYg==");
    private static final Plan PLAN = new Plan("postern.example", List.of(LOGIN), List.of("SIZE"), Optional.empty());
    private static final Authenticating AUTHENTICATING = new Authenticating(LOGIN, List.of("SIZE 9"));

    @Test
    void saysItsNameAndLogsInInTwoSteps() {
        assertThat(said(
                        new Connected(PLAN, false),
                        "220-mail.example",
                        "220 ESMTP ready",
                        "250-mail.example STARTTLS",
                        "250-SIZE 9",
                        "250-AUTH LOGIN PLAIN",
                        "250 DSN",
                        "334 ",
                        "235 2.7.0 in"))
                .containsExactly(
                        new Send("EHLO postern.example"),
                        new Send("AUTH PLAIN"),
                        new Send("AGEAYg=="),
                        new Opened(List.of("SIZE 9", "DSN")));
    }

    @Test
    void wantsTlsFirstAndHearsAgainWhatThereIs() {
        assertThat(said(new Connected(PLAN, true), "220 ready", "250-x", "250 STARTTLS", "220 go"))
                .containsExactly(new Send("EHLO postern.example"), new Send("STARTTLS"), new StartTls());
        assertThat(new Upgrading(PLAN).onEncrypted())
                .isEqualTo(UpstreamEffect.to((SmtpUpstreamState) new Introducing(PLAN, false, List.of()))
                        .and(new Send("EHLO postern.example")));
    }

    @Test
    void doesNotGoOnWithoutTls() {
        assertThat(failure(new Introducing(PLAN, true, List.of("x")).on("250 SIZE")))
                .isEqualTo(UpstreamFailure.UNTRUSTED);
        assertThat(failure(new Upgrading(PLAN).on("454 not now"))).isEqualTo(UpstreamFailure.UNTRUSTED);
    }

    /** Several patches, each with a line of its own to add, have made servers say so. */
    @ParameterizedTest
    @ValueSource(strings = {"250 AUTH PLAIN LOGIN PLAIN", "250 AUTH=PLAIN  LOGIN  ", "250 auth plain=plain"})
    void doesNotMindWhatIsOfferedTwice(String line) {
        assertThat(said(new Introducing(PLAN, false, List.of("x", "SIZE 9")), line))
                .containsExactly(new Send("AUTH PLAIN"));
    }

    /** The name in the first line is no extension, whatever it looks like. */
    @ParameterizedTest
    @ValueSource(strings = {"250 SIZE", "250 AUTH PLAIN"})
    void aNameOffersNothing(String line) {
        assertThat(failure(new Introducing(PLAN, false, List.of()).on(line))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void whoDoesNotKeepThePromiseIsNamedWithWhatIsMissing() {
        Step<SmtpUpstreamState, UpstreamEffect> step = new Introducing(PLAN, false, List.of("x")).on("250 AUTH=PLAIN");

        assertThat(step.effects())
                .containsExactly(
                        new Fail(UpstreamFailure.CONFUSED, "it offers no SIZE, which its extensions are said to have"));
    }

    @ParameterizedTest
    @CsvSource({
        "554 go away, UNREACHABLE",
        "421 busy, UNREACHABLE",
        "* OK IMAP, CONFUSED",
        "+OK, CONFUSED",
        "'', CONFUSED",
        "22, CONFUSED",
        "220x, CONFUSED"
    })
    void anythingElseAtTheGreetingIsAFailure(String line, UpstreamFailure expected) {
        assertThat(failure(new Connected(PLAN, false).on(line))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "535 5.7.8 no, REFUSED",
        "504 what, REFUSED",
        "454 4.7.0 later, BUSY",
        "432 4.3.2 too many connections, BUSY",
        "421 bye, UNREACHABLE",
        "'535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant', SUBMISSION_DISABLED",
        "550 5.7.30 Basic authentication is not supported for Client Submission, SUBMISSION_DISABLED",
        "535 5.7.3 Authentication unsuccessful, REFUSED",
        "501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon, NO_TOKEN",
        "421 4.3.2 Concurrent connections limit exceeded, BUSY",
        "235 in, CONFUSED",
        "250 fine, CONFUSED",
        "* OK, CONFUSED"
    })
    void tellsOneFailureFromAnother(String line, UpstreamFailure expected) {
        assertThat(failure(AUTHENTICATING.on(line))).isEqualTo(expected);
    }

    /** Exchange has no PLAIN. */
    @Test
    void takesLoginWherePlainIsNotOffered() {
        List<UpstreamLogin> logins = SmtpUpstreamLanguage.logins(new OwnPassword("ada@example.org", "s3cret"));
        Plan plan = new Plan("postern.example", logins, List.of(), Optional.empty());

        assertThat(said(new Introducing(plan, false, List.of("x")), "250 AUTH NTLM LOGIN", "334 a", "334 b", "235 in"))
                .containsExactly(
                        new Send("AUTH LOGIN"),
                        new Send("YWRhQGV4YW1wbGUub3Jn"),
                        new Send("czNjcmV0"),
                        new Opened(List.of()));
        assertThat(said(new Introducing(plan, false, List.of("x")), "250 AUTH NTLM"))
                .containsExactly(new Fail(UpstreamFailure.CONFUSED, "it offers no AUTH PLAIN nor AUTH LOGIN"));
    }

    /** Traps 27 and 28: the token is never in the first line, and a refusal is heard to its end. */
    @Test
    void saysATokenOnceItIsAskedForAndHearsWhyItIsRefused() {
        UpstreamLogin bearer = UpstreamLogin.sasl("AUTH", new Bearer(Mechanism.XOAUTH2, "ada@example.org", "t0ken"));

        assertThat(said(new Authenticating(bearer, List.of()), "334 ", "334 eyJzdGF0dXMiOiI0MDEifQ==", "535 no"))
                .containsExactly(
                        new Send(bearer.responses().getFirst()),
                        new Send(""),
                        new Fail(UpstreamFailure.REFUSED, "535 no {\"status\":\"401\"}"));
    }

    @Test
    void tellsWhoseClientItIsAndBeginsAnew() {
        Plan told = new Plan("postern.example", List.of(LOGIN), List.of(), Optional.of(new Told("2001:db8::7", 4)));

        assertThat(said(
                        new Introducing(told, false, List.of("x")),
                        "250-XCLIENT NAME ADDR",
                        "250 AUTH PLAIN",
                        "220 again",
                        "250-x",
                        "250 AUTH PLAIN"))
                .containsExactly(
                        new Send("XCLIENT ADDR=IPV6:2001:db8::7"),
                        new Send("EHLO postern.example"),
                        new Send("AUTH PLAIN"));
        assertThat(said(new Introducing(told, false, List.of("x")), "250-XCLIENT ADDR TTL", "250 AUTH PLAIN"))
                .containsExactly(new Send("XCLIENT ADDR=IPV6:2001:db8::7 TTL=4"));
        assertThat(failure(new Vouching(told).on("550 not you"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(failure(new Introducing(told, false, List.of("x")).on("250 AUTH PLAIN")))
                .isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void saysNothingTwiceAndHearsAllOfAFailure() {
        assertThat(failure(AUTHENTICATING.on("334 ").next().on("334 more"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(AUTHENTICATING.on("535-5.7.8 no").next()).isEqualTo(AUTHENTICATING);
        assertThat(new Ended().on("250 x")).isEqualTo(UpstreamEffect.to((SmtpUpstreamState) new Ended()));
    }

    @Test
    void passesOnWhatItCanDoAndNoLoginNorTrust() {
        assertThat(SmtpCapabilities.throughUs(List.of(
                        "SIZE 9",
                        "AUTH PLAIN",
                        "AUTH=PLAIN",
                        "starttls",
                        "XCLIENT NAME",
                        "X-EXPS",
                        "BURL imap",
                        "DSN",
                        "b\u0001d")))
                .containsExactly("SIZE 9", "DSN");
    }

    @Test
    void noStateTellsAPassword() {
        assertThat(List.of(new Connected(PLAN, true), AUTHENTICATING, AUTHENTICATING.on("334 ")))
                .noneMatch(state -> state.toString().contains("AGEAYg"));
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(SmtpUpstreamState.class).namesTheStatesAndNothingElse();
    }

    @Test
    void whoOnlyLooksHearsAllThatThereIsAndProvesNothing() {
        Look look = new Look("postern.example");

        assertThat(said(
                        new Connected(look, false),
                        "220 ready",
                        "250-mail.example",
                        "250-XCLIENT ADDR",
                        "250 AUTH LOGIN"))
                .containsExactly(new Send("EHLO postern.example"), new Opened(List.of("XCLIENT ADDR", "AUTH LOGIN")));
        assertThat(said(new Connected(look, true), "220 ready", "250-x", "250 STARTTLS", "220 go"))
                .containsExactly(new Send("EHLO postern.example"), new Send("STARTTLS"), new StartTls());
        assertThat(failure(new Connected(look, false).on("554 no"))).isEqualTo(UpstreamFailure.UNREACHABLE);
    }

    private static List<UpstreamEffect> said(SmtpUpstreamState from, String... lines) {
        List<UpstreamEffect> effects = new ArrayList<>();
        SmtpUpstreamState state = from;
        for (String line : lines) {
            Step<SmtpUpstreamState, UpstreamEffect> step = state.on(line);
            effects.addAll(step.effects());
            state = step.next();
        }
        return effects;
    }

    private static UpstreamFailure failure(Step<SmtpUpstreamState, UpstreamEffect> step) {
        assertThat(step.next()).isEqualTo(new Ended());
        return ((Fail) step.effects().getFirst()).why();
    }
}

package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.pop3.Pop3UpstreamLanguage.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginName;
import postern.proxy.conversation.StatePicture;
import postern.proxy.conversation.Step;
import postern.proxy.conversation.UpstreamEffect;
import postern.proxy.conversation.UpstreamEffect.Fail;
import postern.proxy.conversation.UpstreamEffect.Opened;
import postern.proxy.conversation.UpstreamEffect.Send;
import postern.proxy.conversation.UpstreamEffect.StartTls;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.pop3.Pop3UpstreamState.Authenticating;
import postern.proxy.pop3.Pop3UpstreamState.Connected;
import postern.proxy.pop3.Pop3UpstreamState.Ended;
import postern.proxy.pop3.Pop3UpstreamState.Introducing;
import postern.proxy.pop3.Pop3UpstreamState.Look;
import postern.proxy.pop3.Pop3UpstreamState.Looking;
import postern.proxy.pop3.Pop3UpstreamState.Plan;
import postern.proxy.pop3.Pop3UpstreamState.Probing;
import postern.proxy.pop3.Pop3UpstreamState.Upgrading;
import postern.proxy.pop3.Pop3UpstreamState.Welcomed;
import postern.proxy.upstream.Errand.Told;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;

class Pop3UpstreamStateTest {

    private final Plan user = plan(UpstreamLogin.of("USER x", "PASS y"));
    private final Plan startTls = new Plan(user.login(), true, Optional.empty(), false);
    private final Plan plain = plan(UpstreamLogin.of("AUTH PLAIN", "AGEAYg=="));

    @Test
    void logsInByUserAndPassAndAsksWhatThereIs() {
        assertThat(said(new Connected(user), "+OK ready", "+OK", "+OK in", "+OK", "TOP", "UIDL", "."))
                .containsExactly(
                        new Send("USER x"), new Send("PASS y"), new Send("CAPA"), new Opened(List.of("TOP", "UIDL")));
    }

    @Test
    void logsInBySaslInTwoSteps() {
        assertThat(said(new Connected(plain), "+OK ready", "+ ", "+OK in", "-ERR what is CAPA?"))
                .containsExactly(new Send("AUTH PLAIN"), new Send("AGEAYg=="), new Send("CAPA"), new Opened(List.of()));
    }

    @Test
    void wantsTlsFirstWhereItIsToldTo() {
        assertThat(said(new Connected(startTls), "+ok ready", "+OK go"))
                .containsExactly(new Send("STLS"), new StartTls());
        assertThat(new Upgrading(user).onEncrypted().effects()).containsExactly(new Send("USER x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-ERR not here", "+ go on", "* OK", ""})
    void doesNotGoOnWithoutTls(String line) {
        assertThat(failure(new Upgrading(user).on(line))).isEqualTo(UpstreamFailure.UNTRUSTED);
    }

    @ParameterizedTest
    @CsvSource({"-ERR busy, UNREACHABLE", "220 mail.example ESMTP, CONFUSED", "'', CONFUSED", "* OK, CONFUSED"})
    void anythingElseAtTheGreetingIsAFailure(String line, UpstreamFailure expected) {
        assertThat(failure(new Connected(user).on(line))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-ERR [AUTH] no, REFUSED",
        "-err no, REFUSED",
        "-ERR [IN-USE] locked, BUSY",
        "-ERR [LOGIN-DELAY] too soon, BUSY",
        "-ERR [SYS/TEMP] later, BUSY",
        "-ERR [SYS/PERM] never, REFUSED",
        "-ERR Authentication failure: unknown user name or bad password., REFUSED",
        "-ERR User is authenticated but not connected., NOT_CONNECTED",
        "L1 OK in, CONFUSED",
        "'', CONFUSED"
    })
    void tellsOneFailureFromAnother(String line, UpstreamFailure expected) {
        assertThat(failure(new Authenticating(user).on(line))).isEqualTo(expected);
        assertThat(failure(new Authenticating(plain).on(line))).isEqualTo(expected);
        assertThat(failure(new Authenticating(responded(user)).on(line))).isEqualTo(expected);
    }

    @Test
    void believesNoOkBeforeItHasSaidAllAndSaysNothingTwice() {
        assertThat(failure(new Authenticating(plain).on("+OK in"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(failure(new Authenticating(responded(plain)).on("+ more"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void passesOnWhatTheMailboxCanDoAndNoLoginNorSoftware() {
        assertThat(said(
                        new Welcomed(user, List.of(), false),
                        "+OK",
                        "TOP",
                        "USER",
                        "sasl PLAIN LOGIN",
                        "STLS",
                        "EXPIRE 60",
                        "IMPLEMENTATION Dovecot",
                        "XCLIENT ADDR",
                        "",
                        "b\u0001d",
                        "."))
                .containsExactly(new Opened(List.of("TOP", "EXPIRE 60")));
    }

    @Test
    void opensNothingThatWillNotSay() {
        assertThat(failure(new Welcomed(user, List.of(), false).on("* OK"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(new Ended().on("-ERR")).isEqualTo(UpstreamEffect.to(new Ended()));
    }

    @Test
    void aMasterUserSaysUserAndPassAndBeyondAsciiPlain() {
        UpstreamLogin master = login(new MasterUser(ADA, "postern", "s3 cret", "*"));

        assertThat(master.command()).isEqualTo("USER ada@example.org*postern");
        assertThat(master.responses()).containsExactly("PASS s3 cret");
        assertThat(login(new MasterUser(new LoginName("zoë@example.org"), "postern", "s3cret", "*"))
                        .command())
                .isEqualTo("AUTH PLAIN");
        assertThat(login(new ForAnother(ADA, "postern", "s3cret")).command()).isEqualTo("AUTH PLAIN");
        assertThat(master).hasToString("***");
    }

    @Test
    void aTokenIsNeverInTheFirstLineAndARefusalIsHeardToItsEnd() {
        UpstreamLogin token = login(new Bearer(Mechanism.XOAUTH2, "ada@example.org", "t0ken"));

        assertThat(said(new Authenticating(plan(token)), "+", "+ eyJzdGF0dXMiOiI0MDEifQ==", "-ERR no"))
                .containsExactly(
                        new Send(token.responses().getFirst()),
                        new Send(""),
                        new Fail(UpstreamFailure.REFUSED, "-ERR no {\"status\":\"401\"}"));
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(Pop3UpstreamState.class).namesTheStatesAndNothingElse();
    }

    @Test
    void tellsWhoseClientItIsBeforeItLogsIn() {
        Plan told = new Plan(plain.login(), false, Optional.of(new Told("192.0.2.7", 4)), false);

        assertThat(said(new Connected(told), "+OK ready", "+OK heard"))
                .containsExactly(new Send("XCLIENT ADDR=192.0.2.7 TTL=4"), new Send("AUTH PLAIN"));
        assertThat(failure(new Introducing(told).on("-ERR what"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void looksAtTheMailboxWhereItIsToldTo() {
        Plan probing = new Plan(user.login(), false, Optional.empty(), true);

        assertThat(said(new Welcomed(probing, List.of(), false), "-ERR what is CAPA?", "+OK 2 320"))
                .containsExactly(new Send("STAT"), new Opened(List.of()));
        assertThat(failure(new Probing(List.of()).on("-ERR no mailbox"))).isEqualTo(UpstreamFailure.NOT_CONNECTED);
        assertThat(failure(new Probing(List.of()).on("* OK"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void whoOnlyLooksHearsAllThatThereIsAndProvesNothing() {
        assertThat(said(new Connected(new Look(false)), "+OK ready", "+OK", "SASL PLAIN XOAUTH2", "", "STLS", "."))
                .containsExactly(new Send("CAPA"), new Opened(List.of("SASL PLAIN XOAUTH2", "STLS")));
        assertThat(said(new Connected(new Look(false)), "+OK ready", "-ERR what is CAPA?"))
                .containsExactly(new Send("CAPA"), new Opened(List.of()));
        assertThat(said(new Connected(new Look(true)), "+OK ready", "+OK go"))
                .containsExactly(new Send("STLS"), new StartTls());
        assertThat(new Upgrading(new Look(true)).onEncrypted().effects()).containsExactly(new Send("CAPA"));
        assertThat(failure(new Connected(new Look(false)).on("-ERR busy"))).isEqualTo(UpstreamFailure.UNREACHABLE);
        assertThat(failure(new Looking(List.of(), false).on("* OK"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    private static Plan plan(UpstreamLogin login) {
        return new Plan(login, false, Optional.empty(), false);
    }

    private static Plan responded(Plan plan) {
        return plan.with(plan.login().responded());
    }

    private static List<UpstreamEffect> said(Pop3UpstreamState from, String... lines) {
        List<UpstreamEffect> effects = new ArrayList<>();
        Pop3UpstreamState state = from;
        for (String line : lines) {
            Step<Pop3UpstreamState, UpstreamEffect> step = state.on(line);
            effects.addAll(step.effects());
            state = step.next();
        }
        return effects;
    }

    private static UpstreamFailure failure(Step<Pop3UpstreamState, UpstreamEffect> step) {
        assertThat(step.next()).isEqualTo(new Ended());
        return ((Fail) step.effects().getFirst()).why();
    }
}

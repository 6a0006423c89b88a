package postern.proxy.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.Secret;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamLoginSettings.Strategy;
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
import postern.proxy.pop3.Pop3UpstreamState.Upgrading;
import postern.proxy.pop3.Pop3UpstreamState.Welcomed;
import postern.proxy.upstream.UpstreamFailure;

class Pop3UpstreamStateTest {

    private final UpstreamLogin user = new UpstreamLogin("USER x", Optional.of("PASS y"));
    private final UpstreamLogin plain = new UpstreamLogin("AUTH PLAIN", Optional.of("AGEAYg=="));

    @Test
    void logsInByUserAndPassAndAsksWhatThereIs() {
        assertThat(said(new Connected(user, false), "+OK ready", "+OK", "+OK in", "+OK", "TOP", "UIDL", "."))
                .containsExactly(
                        new Send("USER x"), new Send("PASS y"), new Send("CAPA"), new Opened(List.of("TOP", "UIDL")));
    }

    @Test
    void logsInBySaslInTwoSteps() {
        assertThat(said(new Connected(plain, false), "+OK ready", "+ ", "+OK in", "-ERR what is CAPA?"))
                .containsExactly(new Send("AUTH PLAIN"), new Send("AGEAYg=="), new Send("CAPA"), new Opened(List.of()));
    }

    @Test
    void wantsTlsFirstWhereItIsToldTo() {
        assertThat(said(new Connected(user, true), "+ok ready", "+OK go"))
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
        assertThat(failure(new Connected(user, false).on(line))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-ERR [AUTH] no, REFUSED",
        "-err no, REFUSED",
        "-ERR [IN-USE] locked, BUSY",
        "-ERR [LOGIN-DELAY] too soon, BUSY",
        "-ERR [SYS/TEMP] later, BUSY",
        "-ERR [SYS/PERM] never, REFUSED",
        "L1 OK in, CONFUSED",
        "'', CONFUSED"
    })
    void tellsOneFailureFromAnother(String line, UpstreamFailure expected) {
        assertThat(failure(new Authenticating(user).on(line))).isEqualTo(expected);
        assertThat(failure(new Authenticating(plain).on(line))).isEqualTo(expected);
        assertThat(failure(new Authenticating(user.responded()).on(line))).isEqualTo(expected);
    }

    @Test
    void believesNoOkBeforeItHasSaidAllAndSaysNothingTwice() {
        assertThat(failure(new Authenticating(plain).on("+OK in"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(failure(new Authenticating(plain.responded()).on("+ more"))).isEqualTo(UpstreamFailure.CONFUSED);
    }

    @Test
    void passesOnWhatTheMailboxCanDoAndNoLoginNorSoftware() {
        assertThat(said(
                        new Welcomed(List.of(), false),
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
        assertThat(failure(new Welcomed(List.of(), false).on("* OK"))).isEqualTo(UpstreamFailure.CONFUSED);
        assertThat(new Ended().on("-ERR")).isEqualTo(UpstreamEffect.to(new Ended()));
    }

    @Test
    void aMasterUserSaysUserAndPassAndBeyondAsciiPlain() {
        assertThat(login(ADA, Strategy.MASTER_USER).command()).isEqualTo("USER ada@example.org*postern");
        assertThat(login(ADA, Strategy.MASTER_USER).response()).contains("PASS s3 cret");
        assertThat(login(new LoginName("zoë@example.org"), Strategy.MASTER_USER).command())
                .isEqualTo("AUTH PLAIN");
        assertThat(login(ADA, Strategy.AUTHZID).command()).isEqualTo("AUTH PLAIN");
        assertThat(login(ADA, Strategy.MASTER_USER)).hasToString("***");
    }

    @Test
    void thePictureNamesTheStatesAndNothingElse() throws Exception {
        StatePicture.of(Pop3UpstreamState.class).namesTheStatesAndNothingElse();
    }

    private static UpstreamLogin login(LoginName name, Strategy strategy) {
        return Pop3UpstreamLanguage.login(
                name, new UpstreamLoginSettings(strategy, "postern", new Secret("s3 cret"), "*"));
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

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.attemptFrom;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.LogFormat;
import postern.config.LogLevel;
import postern.config.LoggingSettings;
import postern.credentials.HoldKind;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.Protocol;
import postern.credentials.throttle.Hold;
import postern.credentials.throttle.LockoutPolicy.Mode;
import postern.proxy.observe.LockoutLog;
import postern.proxy.observe.LoginLog;

/** L-18: lines that other programs read. Change one, and docs/lockout.md, deploy/fail2ban and deploy/crowdsec change with it. */
class LogFormTest {

    private static final Path ROOT = Path.of("..");
    private static final String CLIENT = "203.0.113.9";
    private static final LoginAttempt GUESS = attemptFrom(CLIENT, ADA, "guess");
    private static final Duration TOOK = Duration.ofMillis(3);
    private static final Hold REFUSAL = new Hold(HoldKind.SOURCE, CLIENT + "/32", 2, Duration.ofMinutes(20));

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();
    private final LoginLog logins = new LoginLog(nanos::get);

    @AfterEach
    void giveBackTheConsole() {
        System.setOut(console);
        Logging.apply(new LoggingSettings(LogFormat.TEXT, LogLevel.ERROR));
    }

    @Test
    void aLoginIsALine() {
        write(LogFormat.TEXT);
        observed(new Denied(Denied.Reason.NO_MATCH));
        observed(new Slowed(Duration.ofSeconds(4)));
        observed(new TurnedAway());
        observed(new Accepted(ADA, SCANNER_ID));

        String who = " protocol=\"imap\" login_name=\"ada@example.org\" client=\"203.0.113.9\" took_ms=\"3\"";
        assertThat(lines())
                .containsExactly(
                        "INFO  LoginLog: login denied" + who + " reason=\"no_match\"",
                        "INFO  LoginLog: login slowed" + who + " delay_ms=\"4000\" reason=\"no_match\"",
                        "INFO  LoginLog: login turned away" + who,
                        "INFO  LoginLog: login accepted" + who + " app_password=\"" + SCANNER_ID + "\"");
    }

    @Test
    void aLoginWithoutAPasswordSaysSoAndByWhichItWouldBe() {
        write(LogFormat.TEXT);
        LoginAttempt scanner = LoginAttempt.byAddress(
                Protocol.SMTP,
                ADA,
                SCANNER_ID,
                GUESS.client(),
                Optional.empty(),
                Optional.empty(),
                new CompletableFuture<>());
        logins.observed(scanner, new Denied(Denied.Reason.EXPIRED, Optional.of(SCANNER_ID)), TOOK);

        assertThat(lines())
                .containsExactly("INFO  LoginLog: login denied protocol=\"smtp\" login_name=\"ada@example.org\""
                        + " client=\"203.0.113.9\" took_ms=\"3\" by=\"address\" reason=\"expired\" app_password=\""
                        + SCANNER_ID + "\"");
    }

    @Test
    void aHoldIsALineAndDistributedGuessingAWarningOnce() {
        write(LogFormat.TEXT);
        LockoutLog holds = new LockoutLog(Mode.ENFORCE, nanos::get);
        holds.holdBegan(REFUSAL, GUESS);
        holds.holdBegan(new Hold(HoldKind.DISTRIBUTED, ADA.value(), 1, Duration.ofMinutes(1)), GUESS);
        holds.holdBegan(new Hold(HoldKind.DISTRIBUTED, ADA.value(), 2, Duration.ofMinutes(2)), GUESS);

        String who = " login_name=\"ada@example.org\" client=\"203.0.113.9\"";
        String ada = " kind=\"distributed\" subject=\"ada@example.org\"" + who;
        assertThat(lines())
                .containsExactly(
                        "INFO  LockoutLog: hold began kind=\"source\" subject=\"203.0.113.9/32\"" + who
                                + " seconds=\"1200\" times=\"2\" mode=\"enforce\"",
                        "WARN  LockoutLog: distributed guessing" + ada + " seconds=\"60\" times=\"1\" mode=\"enforce\"",
                        "INFO  LockoutLog: hold began" + ada + " seconds=\"60\" times=\"1\" mode=\"enforce\"",
                        "INFO  LockoutLog: hold began" + ada + " seconds=\"120\" times=\"2\" mode=\"enforce\"");
    }

    /** L-13 */
    @Test
    void ofAFloodTwentyLinesASecondAreWrittenAndThenHowManyWereNot() {
        write(LogFormat.TEXT);
        for (int i = 0; i < 1000; i++) {
            observed(new Denied(Denied.Reason.NO_MATCH));
        }
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        observed(new Accepted(ADA, SCANNER_ID));

        assertThat(lines()).hasSize(22);
        assertThat(lines().get(20)).isEqualTo("INFO  LoginLog: logins denied and not logged left_out=\"980\"");
        assertThat(lines().get(21)).contains("login accepted");
    }

    @Test
    void jsonSaysTheSame() {
        write(LogFormat.JSON);
        observed(new Denied(Denied.Reason.HELD));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("\"message\":\"login denied\"")
                .contains("{\"client\":\"203.0.113.9\"}", "{\"reason\":\"held\"}");
    }

    @Test
    void fail2banFindsTheAddressThatIsRefused() throws Exception {
        write(LogFormat.TEXT);
        new LockoutLog(Mode.ENFORCE, nanos::get).holdBegan(REFUSAL, GUESS);
        new LockoutLog(Mode.LEARN, nanos::get).holdBegan(REFUSAL, GUESS);
        observed(new Denied(Denied.Reason.NO_MATCH));

        assertThat(foundBy("mdre-hold")).containsExactly(CLIENT);
    }

    @Test
    void fail2banFindsWhoeverIsDeniedWhenItIsAskedTo() throws Exception {
        write(LogFormat.TEXT);
        observed(new Denied(Denied.Reason.NO_MATCH));
        observed(new Slowed(Duration.ofSeconds(4)));
        observed(new TurnedAway());
        observed(new Accepted(ADA, SCANNER_ID));

        assertThat(foundBy("mdre-denied")).containsExactly(CLIENT, CLIENT, CLIENT);
    }

    /** As a grok would: CrowdSec itself is not here. */
    @Test
    void crowdSecFindsTheSameAddresses() throws Exception {
        write(LogFormat.TEXT);
        new LockoutLog(Mode.ENFORCE, nanos::get).holdBegan(REFUSAL, GUESS);
        new LockoutLog(Mode.LEARN, nanos::get).holdBegan(REFUSAL, GUESS);
        observed(new Denied(Denied.Reason.NO_MATCH));
        observed(new Slowed(Duration.ofSeconds(4)));
        observed(new TurnedAway());
        observed(new Accepted(ADA, SCANNER_ID));

        List<Pattern> patterns = crowdSecPatterns();
        assertThat(patterns).hasSize(2);
        assertThat(foundBy(patterns.get(0), "sourceip")).containsExactly(CLIENT);
        assertThat(foundBy(patterns.get(1), "sourceip")).containsExactly(CLIENT, CLIENT, CLIENT);
        assertThat(foundBy(patterns.get(1), "loginname")).containsOnly(ADA.value());
    }

    private static List<Pattern> crowdSecPatterns() throws Exception {
        return Files.readString(ROOT.resolve("deploy/crowdsec/parsers/s01-parse/postern-logs.yaml"))
                .lines()
                .filter(line -> line.strip().startsWith("pattern: "))
                .map(line -> line.replaceFirst("^ *pattern: '(.*)'$", "$1"))
                .map(grok -> grok.replace("%{IP:source_ip}", "(?<sourceip>[0-9a-fA-F:.]+)")
                        .replace("%{DATA:login_name}", "(?<loginname>.*?)"))
                .map(Pattern::compile)
                .toList();
    }

    /** An operator who copies a line from the page has copied a real one. */
    @Test
    void theLinesOnThePageAreReal() throws Exception {
        write(LogFormat.TEXT);
        observed(new Denied(Denied.Reason.NO_MATCH));
        new LockoutLog(Mode.ENFORCE, nanos::get).holdBegan(REFUSAL, GUESS);

        assertThat(Files.readString(ROOT.resolve("docs/lockout.md"))).contains(lines());
    }

    private void write(LogFormat format) {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.apply(new LoggingSettings(format, LogLevel.INFO));
    }

    private void observed(LoginOutcome outcome) {
        logins.observed(GUESS, outcome, TOOK);
    }

    /** Without their time. */
    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z ", "")
                        .strip())
                .toList();
    }

    private List<String> foundBy(String rule) throws Exception {
        String filter = Files.readString(ROOT.resolve("deploy/fail2ban/filter.d/postern.conf"));
        String regex = filter.lines()
                .filter(line -> line.startsWith(rule + " = "))
                .findFirst()
                .orElseThrow()
                .substring(rule.length() + 3);
        Pattern pattern = Pattern.compile(regex.replace("<ADDR>", "(?<addr>[0-9a-fA-F:.]+)"));
        return foundBy(pattern, "addr");
    }

    private List<String> foundBy(Pattern pattern, String group) {
        return lines().stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(group))
                .toList();
    }
}

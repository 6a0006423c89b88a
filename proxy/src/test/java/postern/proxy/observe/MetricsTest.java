package postern.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.adaWith;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.TlsVersion;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamTls;
import postern.credentials.AppPasswordId;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginObserver;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.sending.Verdict;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy;
import postern.credentials.throttle.SampleLockouts;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.ConnectionObserver.Refusal;
import postern.proxy.listen.Rejection;
import postern.proxy.listen.TlsObserver;
import postern.proxy.session.LiveSession;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.SampleSessions;
import postern.proxy.session.SessionEnd;
import postern.proxy.session.SessionObserver;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.SampleUpstreamSettings;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;

class MetricsTest {

    private static final String TEXT = "text/plain; version=0.0.4";
    private static final Duration TOOK = Duration.ofMillis(80);

    private final Metrics metrics = new Metrics();
    private final LiveSessions sessions = SampleSessions.sessions();

    @Test
    void everyLoginOutcomeIsThereBeforeTheFirstLogin() {
        metrics.logins();

        assertThat(series("postern_login_seconds_count"))
                .hasSize(Protocol.values().length * 5)
                .allMatch(line -> line.endsWith(" 0"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void countsALoginByItsOutcome(LoginOutcome outcome, String label) {
        metrics.logins().observed(adaWith(WRONG_SECRET), outcome, TOOK);

        assertThat(series("postern_login_seconds_count{outcome=\"" + label + "\",protocol=\"imap\"}"))
                .singleElement()
                .matches(line -> line.endsWith(" 1"));
        assertThat(series("postern_login_seconds_count"))
                .filteredOn(line -> line.endsWith(" 0"))
                .hasSize(Protocol.values().length * 5 - 1);
    }

    @Test
    void countsLoginsWithoutAPasswordOnceMore() {
        LoginObserver logins = metrics.logins();
        assertThat(series("postern_address_logins_total")).hasSize(5).allMatch(line -> line.endsWith(" 0.0"));

        logins.observed(adaWith(SCANNER_SECRET), new Accepted(ADA, SCANNER_ID), TOOK);
        logins.observed(SampleLogins.adaByAddress(), new Denied(Reason.REVOKED), TOOK);

        assertThat(series("postern_address_logins_total"))
                .filteredOn(line -> !line.endsWith(" 0.0"))
                .containsExactly("postern_address_logins_total{outcome=\"denied\"} 1.0");
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new Accepted(ADA, SCANNER_ID), "accepted"),
                Arguments.of(new Denied(Reason.NO_MATCH), "denied"),
                Arguments.of(new Slowed(TOOK), "slowed"),
                Arguments.of(new TurnedAway(), "turned_away"),
                Arguments.of(new Unavailable("disk full"), "unavailable"));
    }

    @Test
    void everyUpstreamOutcomeIsThereBeforeTheFirstLogin() {
        metrics.upstreams();

        assertThat(series("postern_upstream_login_seconds_count"))
                .hasSize(Protocol.values().length * (UpstreamFailure.values().length + 1))
                .allMatch(line -> line.endsWith(" 0"));
    }

    @ParameterizedTest
    @EnumSource
    void countsAnUpstreamLoginByItsFailure(UpstreamFailure failure) {
        metrics.upstreams().failed(Protocol.IMAP, failure, TOOK);
        metrics.upstreams().opened(Protocol.IMAP, TOOK);

        assertThat(series("postern_upstream_login_seconds_count"))
                .filteredOn(line -> line.endsWith(" 1"))
                .hasSize(2)
                .anyMatch(line -> line.contains("\"opened\""))
                .anyMatch(line -> line.contains(LoginMetrics.label(failure)));
    }

    @Test
    void tellsHowManyHostsOfAnUpstreamAreUpAndHowOftenALoginBeganAgain() {
        Hosts hosts = new Hosts(
                "home",
                Protocol.IMAP,
                new UpstreamDoorSettings(List.of("a.example", "b.example"), 993, UpstreamTls.IMPLICIT),
                SampleUpstreamSettings.home("health.down-after = 1", "s3cret").dialing(),
                Ticker.disabledTicker());
        UpstreamObserver observer = metrics.upstreams();
        observer.known(Protocol.IMAP, "home", hosts);
        hosts.failed("a.example", "it hung up");
        hosts.failed("a.example", "it hung up");
        observer.retried(Protocol.IMAP, "home");

        assertThat(series("postern_upstream_hosts"))
                .containsExactlyInAnyOrder(
                        "postern_upstream_hosts{protocol=\"imap\",state=\"down\",upstream=\"home\"} 1.0",
                        "postern_upstream_hosts{protocol=\"imap\",state=\"up\",upstream=\"home\"} 1.0");
        assertThat(series("postern_upstream_retries_total"))
                .containsExactly("postern_upstream_retries_total{protocol=\"imap\",upstream=\"home\"} 1.0");
    }

    @Test
    void countsSessionsThatFoundNoRoomAndThoseThatWereEnded() {
        SessionObserver observer = metrics.sessions();
        observer.refused(SessionObserver.Refusal.PERSON);
        observer.ended(
                SampleSessions.session(sessions, ADA, SCANNER_ID, new EmbeddedChannel()),
                SessionEnd.REVOKED,
                Optional.of(Reason.SUSPENDED));

        assertThat(series("postern_sessions_"))
                .containsExactlyInAnyOrder(
                        "postern_sessions_refused_total{reason=\"person\"} 1.0",
                        "postern_sessions_refused_total{reason=\"address\"} 0.0",
                        "postern_sessions_ended_total{reason=\"revoked\"} 1.0",
                        "postern_sessions_ended_total{reason=\"asked\"} 0.0");
    }

    @Test
    void countsSendersAndRecipientsByWhetherTheyPassed() {
        metrics.sending().accept(Verdict.OTHER_SENDER);

        assertThat(series("postern_envelopes_total"))
                .hasSize(Verdict.values().length)
                .contains(
                        "postern_envelopes_total{outcome=\"other_sender\"} 1.0",
                        "postern_envelopes_total{outcome=\"allowed\"} 0.0");
    }

    @Test
    void everyRefusalAndSessionIsThereBeforeTheFirstConnection() {
        metrics.connections(sessions);

        assertThat(series("postern_connections_refused_total"))
                .containsExactlyInAnyOrder(
                        "postern_connections_refused_total{reason=\"another_protocol\"} 0.0",
                        "postern_connections_refused_total{reason=\"full\"} 0.0",
                        "postern_connections_refused_total{reason=\"loop\"} 0.0",
                        "postern_connections_refused_total{reason=\"proxy_header\"} 0.0",
                        "postern_connections_refused_total{reason=\"server_full\"} 0.0",
                        "postern_connections_refused_total{reason=\"source_full\"} 0.0");
        assertThat(series("postern_connections_displaced_total"))
                .containsExactlyInAnyOrder(
                        "postern_connections_displaced_total{reason=\"full\"} 0.0",
                        "postern_connections_displaced_total{reason=\"server_full\"} 0.0",
                        "postern_connections_displaced_total{reason=\"source_full\"} 0.0");
        assertThat(series("postern_rejected_before_login_total"))
                .hasSize(Protocol.values().length * Rejection.values().length)
                .contains("postern_rejected_before_login_total{protocol=\"imap\",reason=\"literal\"} 0.0")
                .allMatch(line -> line.endsWith(" 0.0"));
        assertThat(series("postern_sessions"))
                .hasSize(Protocol.values().length)
                .contains("postern_sessions{protocol=\"imap\"} 0.0", "postern_sessions{protocol=\"pop3\"} 0.0")
                .allMatch(line -> line.endsWith(" 0.0"));
    }

    @Test
    void countsWhoStandsAtTheDoorsAndWhoIsTurnedAway() {
        ConnectionObserver doors = metrics.connections(sessions);
        doors.opened("imaps", () -> 7);
        assertThat(series("postern_accept_failures_total"))
                .containsExactly("postern_accept_failures_total{listener=\"imaps\"} 0.0");
        doors.acceptFailed("imaps");
        doors.refused(Refusal.SOURCE_FULL);
        doors.displaced(Refusal.FULL);
        doors.rejected(Protocol.SMTP, Rejection.TLS_TOO_SLOW);
        enterAda();

        assertThat(series("postern_connections{")).containsExactly("postern_connections{listener=\"imaps\"} 7.0");
        assertThat(series("postern_accept_failures_total"))
                .containsExactly("postern_accept_failures_total{listener=\"imaps\"} 1.0");
        assertThat(series("postern_connections_refused_total"))
                .contains("postern_connections_refused_total{reason=\"source_full\"} 1.0");
        assertThat(series("postern_connections_displaced_total"))
                .contains("postern_connections_displaced_total{reason=\"full\"} 1.0");
        assertThat(series("postern_rejected_before_login_total{protocol=\"smtp\""))
                .contains("postern_rejected_before_login_total{protocol=\"smtp\",reason=\"tls_too_slow\"} 1.0");
        assertThat(series("postern_sessions{protocol=\"imap\"}"))
                .containsExactly("postern_sessions{protocol=\"imap\"} 1.0");
    }

    @Test
    void everyVersionOfTlsIsThereAtEachDoorBeforeTheFirstConnection() {
        Map<AppPasswordId, LegacyTlsUse> reported = new HashMap<>();
        TlsObserver doors = metrics.tls(List.of("imaps", "old-devices"), reported::put);
        LiveSession ada = SampleSessions.session(SampleSessions.sessions(), ADA, SCANNER_ID, new EmbeddedChannel());

        assertThat(series("postern_tls_handshakes_total")).hasSize(8).allMatch(line -> line.endsWith(" 0.0"));
        assertThat(series("postern_tls_failures_total")).hasSize(2).allMatch(line -> line.endsWith(" 0.0"));

        doors.encrypted("old-devices", TlsVersion.TLS_1_0);
        doors.failed("imaps");
        doors.loggedInByOld("old-devices", TlsVersion.TLS_1_0, ada);

        assertThat(series("postern_tls_handshakes_total{listener=\"old-devices\",version=\"1.0\"}"))
                .containsExactly("postern_tls_handshakes_total{listener=\"old-devices\",version=\"1.0\"} 1.0");
        assertThat(series("postern_tls_failures_total{listener=\"imaps\"}"))
                .containsExactly("postern_tls_failures_total{listener=\"imaps\"} 1.0");
        assertThat(metrics.scrape(TEXT)).doesNotContain("ada");
        assertThat(reported)
                .containsOnly(Map.entry(
                        SCANNER_ID,
                        new LegacyTlsUse(ada.since(), "old-devices", Protocol.IMAP, "1.0", Optional.empty())));
    }

    @Test
    void tellsHowLongEachCertificateIsGoodFor() {
        Instant expiry = MONDAY.plus(Duration.ofDays(2));
        metrics.certificates(
                () -> Map.of("default", expiry, "old", MONDAY.minusSeconds(5)), InstantSource.fixed(MONDAY));

        assertThat(series("postern_certificate_expires_seconds{"))
                .containsExactlyInAnyOrder(
                        "postern_certificate_expires_seconds{certificate=\"default\"} 172800.0",
                        "postern_certificate_expires_seconds{certificate=\"old\"} -5.0");
    }

    @Test
    void tellsForHowLongThisNodeMayNotKnowWhatAnotherHasChanged() {
        metrics.changeFeed(() -> Duration.ofMillis(1500));

        assertThat(series("postern_change_feed_lag_seconds")).containsExactly("postern_change_feed_lag_seconds 1.5");
    }

    @Test
    void theLockoutIsThereBeforeItTurnsAgainstAnybody() {
        countTheLockout();

        assertThat(series("postern_holds{"))
                .containsExactlyInAnyOrder(
                        "postern_holds{kind=\"name\"} 0.0",
                        "postern_holds{kind=\"distributed\"} 0.0",
                        "postern_holds{kind=\"source\"} 0.0");
        assertThat(series("postern_delayed_answers ")).containsExactly("postern_delayed_answers 0.0");
        assertThat(series("postern_stale_repeats_total ")).containsExactly("postern_stale_repeats_total 0.0");
        assertThat(series("postern_log_lines_suppressed_total"))
                .containsExactlyInAnyOrder(
                        "postern_log_lines_suppressed_total{log=\"logins\"} 0.0",
                        "postern_log_lines_suppressed_total{log=\"holds\"} 0.0");
    }

    @Test
    void countsWhatTheLockoutDoes() {
        Lockout lockout = countTheLockout();
        for (int i = 0; i < 3; i++) {
            lockout.weigh(adaWith("stale"), new Denied(Reason.NO_MATCH));
        }
        for (int i = 0; i < 11; i++) {
            lockout.weigh(adaWith("guess" + i), new Denied(Reason.NO_MATCH));
        }

        assertThat(series("postern_stale_repeats_total ")).containsExactly("postern_stale_repeats_total 2.0");
        assertThat(series("postern_holds{kind=\"name\"")).containsExactly("postern_holds{kind=\"name\"} 1.0");
        assertThat(series("postern_delayed_answers ")).containsExactly("postern_delayed_answers 8.0");
    }

    private Lockout countTheLockout() {
        Lockout lockout = SampleLockouts.lockout(() -> 0);
        metrics.lockout(lockout, new LoginLog(() -> 0), new LockoutLog(LockoutPolicy.Mode.ENFORCE, () -> 0), () -> 7);
        return lockout;
    }

    @Test
    void nobodysNameOrAddressIsALabel() {
        for (Object outcome : outcomes().map(arguments -> arguments.get()[0]).toList()) {
            metrics.logins().observed(adaWith(WRONG_SECRET), (LoginOutcome) outcome, TOOK);
        }
        metrics.connections(sessions).refused(Refusal.FULL);
        enterAda();

        assertThat(metrics.scrape(TEXT))
                .doesNotContain("ada", "example.org", "127.0.0.1", "disk full", SCANNER_ID.value());
    }

    @Test
    void speaksOpenMetricsToWhoeverAsksForIt() {
        metrics.logins();

        assertThat(metrics.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8"))
                .endsWith("# EOF\n")
                .contains("# TYPE postern_login_seconds ");
        assertThat(metrics.scrape(TEXT)).doesNotContain("# EOF");
    }

    private void enterAda() {
        sessions.enter(SampleSessions.session(sessions, ADA, SCANNER_ID, new EmbeddedChannel()));
    }

    private Stream<String> lines() {
        return metrics.scrape(TEXT).lines();
    }

    private List<String> series(String start) {
        return lines().filter(line -> line.startsWith(start)).toList();
    }
}

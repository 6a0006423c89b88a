package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import postern.credentials.audit.AuditKind;
import postern.credentials.grant.GrantWatch;

/** An operator hears of a consent before it ends, and a restart does not say it again. */
@Timeout(180)
class ConsentHealthTest {

    private static final String CONSENTS = """
            upstreams.mail {
              host = localhost
              login {
                strategy = oauth
                oauth { token-endpoint = "http://127.0.0.1:1/token", client-id = postern, scopes = [ mail ], consent-lasts = 7d }
              }
            }
            """;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger watch = (Logger) LoggerFactory.getLogger(GrantWatch.class);

    @BeforeEach
    void listen() {
        log.start();
        watch.setLevel(Level.WARN);
        watch.addAppender(log);
    }

    @AfterEach
    void leave() {
        watch.detachAppender(log);
        watch.setLevel(null);
    }

    @Test
    void aConsentThatEndsSoonIsToldOfOnce(@TempDir Path folder) throws Exception {
        WholeServer.start(folder, CONSENTS).close();
        HostCommands host = new HostCommands(folder);
        host.giveRefreshToken(ADA, "canary-refresh-token");

        for (int start = 0; start < 2; start++) {
            try (WholeServer server = WholeServer.start(folder, CONSENTS)) {
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(
                                        server.management("/metrics").body())
                                .contains("postern_grants_ending 1.0", "postern_grants{state=\"working\"} 1.0"));
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(log.list).isNotEmpty());
            }
        }

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage()).isEqualTo("a consent ends soon");
            assertThat(event.getKeyValuePairs().toString())
                    .contains("ada@example.org", "mail", "in 6 days, unless it is used; never used");
        });
        assertThat(StoredTrail.of(folder, AuditKind.GRANT_ENDING)).hasSize(1);
    }
}

package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.http.Documents.ping;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;

/** Phones that wait for news, each with a request at the server behind. {@code -Dpostern.pings=2000} has more of them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class HangingPingsTest {

    private static final int PHONES = Integer.getInteger("postern.pings", 100);
    private static final int HOUR = 3_540;
    private static final int AT_ONCE = 8;
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static PhoneServer house;

    private Made made;
    private int cancelledBefore;
    private List<ActiveSyncPhone> phones = List.of();

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, """
                listener-defaults.max-connections-per-address = 20000
                sessions { most-per-person = 20000, most-per-address = 20000 }
                """);
        house.exchange().withoutRules();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @BeforeEach
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void beginAll() throws Exception {
        cancelledBefore = house.exchange().cancelled();
        made = house.welcome(ADA, house.server().issue(ADA));
        phones = hang();
        await().atMost(PATIENCE).until(() -> house.exchange().hanging() == PHONES);
    }

    private List<ActiveSyncPhone> hang() throws Exception {
        try (ExecutorService some =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<ActiveSyncPhone>> all = new ArrayList<>();
            for (int i = 0; i < PHONES; i++) {
                all.add(some.submit(() -> {
                    ActiveSyncPhone phone = house.phone().as(ADA.value(), made.secret());
                    phone.begin("Ping", ping("5", HOUR));
                    return phone;
                }));
            }
            List<ActiveSyncPhone> there = new ArrayList<>();
            for (Future<ActiveSyncPhone> one : all) {
                there.add(one.get());
            }
            return there;
        }
    }

    @AfterEach
    void leave() throws IOException {
        for (ActiveSyncPhone phone : phones) {
            phone.close();
        }
    }

    @Test
    void whoLeavesTakesTheirRequestAlong() throws Exception {
        leave();

        await().atMost(PATIENCE).until(() -> house.exchange().hanging() == 0);
        assertThat(house.exchange().cancelled() - cancelledBefore).isEqualTo(PHONES);
        assertNoFailure();
    }

    @Test
    void aRevocationEndsThemAll() throws Exception {
        String path =
                "/v1/users/" + ADA + "/app-passwords/" + made.appPassword().id();
        house.server().admin("GET", "/v1/users/" + ADA, ""); // what the first request costs is not what is measured

        long began = System.nanoTime();
        assertThat(house.server().admin("DELETE", path, "").statusCode()).isEqualTo(204);
        await().atMost(PATIENCE).until(() -> house.exchange().hanging() == 0);
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isLessThan(PROMISED);
        for (ActiveSyncPhone phone : phones) {
            assertThat(phone.answer().status()).isEqualTo(401);
        }
        assertNoFailure();
    }

    /** That we hung up on the mail server is not its fault. */
    private void assertNoFailure() throws Exception {
        assertThat(house.server().management("/metrics").body())
                .contains("postern_upstream_login_seconds_count{outcome=\"unreachable\",protocol=\"activesync\"} 0");
    }

    @Test
    void allHearOfNews() throws Exception {
        house.exchange().change(ADA.value());

        for (ActiveSyncPhone phone : phones) {
            assertThat(phone.answer().document().find("Ping:Status")).contains("2");
        }
        assertThat(house.exchange().cancelled()).isEqualTo(cancelledBefore);
    }
}

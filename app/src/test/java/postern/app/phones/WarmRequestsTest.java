package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.proxy.http.Documents.folders;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.store.MortalPostgres;
import postern.proxy.http.ActiveSyncPhone;

/** A phone shows its password with every request, all day long. */
class WarmRequestsTest {

    private static final int REQUESTS = 100;

    @Test
    void onlyTheFirstNeedsAHashAndTheStore(@TempDir Path folder, @TempDir Path database) throws Exception {
        try (MortalPostgres store = new MortalPostgres(database);
                PhoneServer house = PhoneServer.start(folder, """
                        store { engine = postgresql, postgresql { url = "%s", user = postgres } }
                        """.formatted(store.url()))) {
            house.exchange().withoutRules();
            String secret = house.welcome(ADA, house.server().issue(ADA)).secret();
            try (ActiveSyncPhone phone = house.phone().as(ADA.value(), secret)) {
                assertThat(phone.ask("FolderSync", folders("0")).status()).isEqualTo(200);
                store.stop();
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(phone.ask("FolderSync", folders("0")).status()).isEqualTo(200);
                }

                assertThat(house.server().management("/metrics").body())
                        .contains("postern_recent_matches_total{result=\"miss\"} 1")
                        .contains("postern_recent_matches_total{result=\"hit\"} " + REQUESTS);
                store.start();
            }
        }
    }
}

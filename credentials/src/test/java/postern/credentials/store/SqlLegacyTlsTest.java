package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.AppPasswordId;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

/** Who has to be asked before an old version of TLS is switched off. */
@ParameterizedClass
@EnumSource
class SqlLegacyTlsTest {

    private static final AppPasswordId GONE = new AppPasswordId("apw_goneforlong00001");

    private final SampleStore store;
    private final SqlLegacyTls legacy;

    SqlLegacyTlsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.legacy = store.legacyTls();
    }

    @BeforeEach
    void adaHasAScanner() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY.minusSeconds(7200)), ROOT);
        store.credentials().add(SCANNER, 40, ROOT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theLastUseStaysAndAllAreCounted() throws Exception {
        legacy.used(Map.of(SCANNER_ID, use(MONDAY, "1.0"), GONE, use(MONDAY, "1.0")));
        legacy.used(Map.of(SCANNER_ID, use(MONDAY.plusSeconds(60), "1.1")));
        legacy.used(Map.of(SCANNER_ID, use(MONDAY.plusSeconds(30), "1.0")));

        LegacyTlsNeed need = new LegacyTlsNeed(ADA, SCANNER_ID, SCANNER.name(), use(MONDAY.plusSeconds(60), "1.1"), 3);
        assertThat(legacy.needs()).containsExactly(need);
        assertThat(legacy.needs(ADA)).containsExactly(need);
        assertThat(legacy.needs(new LoginName("bob@example.org"))).isEmpty();
    }

    @Test
    void whatIsRevokedNeedsNothingAndIsForgottenWithTheRest() throws Exception {
        legacy.used(Map.of(SCANNER_ID, use(MONDAY, "1.0")));

        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(legacy.needs()).isEmpty();
        assertThat(store.credentials().forgetRevoked(MONDAY.plusSeconds(1))).isOne();
    }

    @Test
    void itGoesWithTheAccount() throws Exception {
        legacy.used(Map.of(SCANNER_ID, use(MONDAY, "1.0")));

        assertThat(store.accounts().erase(ADA, ROOT)).isTrue();

        assertThat(legacy.needs()).isEmpty();
    }

    private static LegacyTlsUse use(Instant at, String version) {
        return new LegacyTlsUse(at, "old-devices", Protocol.IMAP, version, Optional.of("Outlook 2010"));
    }
}

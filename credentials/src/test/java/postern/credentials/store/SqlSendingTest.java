package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.AppPasswordId;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;

/** What {@link SendingStore} promises. */
@ParameterizedClass
@EnumSource
class SqlSendingTest {

    private static final AppPasswordId PHONE = new AppPasswordId("apw_phone00000000001");
    private static final long TODAY = 20_777;

    private final Database database;
    private final SendingStore sending;

    SqlSendingTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.database = engine.open(folder);
        this.sending = new SqlSending(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void nothingWasSentBeforeAnythingWas() throws Exception {
        assertThat(sending.on(TODAY, SCANNER_ID)).isEqualTo(Sent.NOTHING);
        assertThat(sending.add(TODAY, Map.of())).isEmpty();
    }

    @Test
    void whatEachNodeSentIsAddedUp() throws Exception {
        sending.add(TODAY, Map.of(SCANNER_ID, new Sent(3, 9)));

        assertThat(sending.add(TODAY, Map.of(SCANNER_ID, new Sent(1, -2), PHONE, new Sent(0, 5))))
                .containsOnly(Map.entry(SCANNER_ID, new Sent(4, 7)), Map.entry(PHONE, new Sent(0, 5)));
        assertThat(sending.on(TODAY, SCANNER_ID)).isEqualTo(new Sent(4, 7));
    }

    @Test
    void eachDayHasItsOwn() throws Exception {
        sending.add(TODAY, Map.of(SCANNER_ID, new Sent(3, 9)));

        assertThat(sending.on(TODAY + 1, SCANNER_ID)).isEqualTo(Sent.NOTHING);
        sending.add(TODAY + 1, Map.of(SCANNER_ID, new Sent(1, 1)));
        sending.forgetBefore(TODAY + 1);

        assertThat(sending.on(TODAY, SCANNER_ID)).isEqualTo(Sent.NOTHING);
        assertThat(sending.on(TODAY + 1, SCANNER_ID)).isEqualTo(new Sent(1, 1));
    }
}

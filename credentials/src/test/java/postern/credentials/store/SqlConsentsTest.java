package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.CONTOSO;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.BegunConsent;
import postern.credentials.consent.ConsentStore;

/** What {@link ConsentStore} promises. */
@ParameterizedClass
@EnumSource
class SqlConsentsTest {

    private static final BegunConsent FIRST =
            new BegunConsent(ADA, CONTOSO, "hash-1", "kept-1", MONDAY.plusSeconds(3600));
    private static final BegunConsent SECOND =
            new BegunConsent(ADA, CONTOSO, "hash-2", "kept-2", MONDAY.plusSeconds(3600));

    private final SampleStore store;
    private final ConsentStore consents;

    SqlConsentsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.consents = new SqlConsents(store.changes());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstWhoComesBackTakesIt() throws Exception {
        consents.begin(FIRST, ROOT);

        Callable<Optional<BegunConsent>> take = () -> consents.take("hash-1", MONDAY);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Optional<BegunConsent>> taken = threads.invokeAll(List.of(take, take, take, take)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(taken).filteredOn(Optional::isPresent).containsExactly(Optional.of(FIRST));
        }
    }

    @Test
    void theNextOneTakesThePlaceOfTheFirst() throws Exception {
        consents.begin(FIRST, ROOT);
        consents.begin(SECOND, ROOT);

        assertThat(consents.take("hash-1", MONDAY)).isEmpty();
        assertThat(consents.take("hash-2", MONDAY)).contains(SECOND);
    }

    @Test
    void whoComesTooLateTakesNothingAndItIsForgotten() throws Exception {
        consents.begin(FIRST, ROOT);

        assertThat(consents.take("hash-1", FIRST.endsAt())).isEmpty();
        assertThat(consents.forgetOver(MONDAY)).isZero();
        assertThat(consents.forgetOver(FIRST.endsAt())).isEqualTo(1);
    }
}

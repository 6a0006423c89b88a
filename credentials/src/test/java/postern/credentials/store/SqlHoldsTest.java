package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Change;
import postern.credentials.Change.HoldCleared;
import postern.credentials.Change.HoldsBegan;
import postern.credentials.Held;
import postern.credentials.HoldKind;
import postern.credentials.HoldStore;
import postern.credentials.SampleStore;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;

/** L-14: what {@link HoldStore} promises. */
@ParameterizedClass
@EnumSource
class SqlHoldsTest {

    private static final Held NETWORK = Held.source(SourceNetwork.parse("2001:db8:1:2::/64"));
    private static final SharedHold OF_ADA = new SharedHold(Held.name(ADA), 2, MONDAY.plusSeconds(120));
    private static final SharedHold OF_THE_NETWORK = new SharedHold(NETWORK, 1, MONDAY.plusSeconds(600));

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    private final SampleStore store;
    private final HoldStore holds;

    SqlHoldsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.holds = store.holds();
        store.feed().listen(heard::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void areToldOfInOneLineAndReadWhileTheyLast() throws Exception {
        holds.began(List.of(OF_THE_NETWORK, OF_ADA));

        assertThat(heard).containsExactly(new HoldsBegan(List.of(OF_ADA, OF_THE_NETWORK)));
        assertThat(holds.lasting(MONDAY)).containsExactly(OF_ADA, OF_THE_NETWORK);
        assertThat(holds.lasting(OF_ADA.until())).containsExactly(OF_THE_NETWORK);
    }

    @Test
    void areOneRowEachOfWhichTheLongerStays() throws Exception {
        SharedHold longer = new SharedHold(OF_ADA.held(), 3, OF_ADA.until().plusSeconds(60));
        holds.began(List.of(longer));
        holds.began(List.of(OF_ADA));

        assertThat(holds.lasting(MONDAY)).containsExactly(longer);
    }

    /** L-17 */
    @Test
    void areClearedOfANameWhateverItWasHeldFor() throws Exception {
        Held distributed = new Held(HoldKind.DISTRIBUTED, ADA.value());
        holds.began(List.of(OF_ADA, new SharedHold(distributed, 1, OF_ADA.until()), OF_THE_NETWORK));

        assertThat(holds.clear(Held.name(ADA), ROOT)).isTrue();
        assertThat(holds.clear(Held.name(ADA), ROOT)).isFalse();
        assertThat(holds.lasting(MONDAY)).containsExactly(OF_THE_NETWORK);
        assertThat(holds.clear(NETWORK, ROOT)).isTrue();

        assertThat(holds.lasting(MONDAY)).isEmpty();
        assertThat(heard)
                .endsWith(new HoldCleared(Held.name(ADA)), new HoldCleared(Held.name(ADA)), new HoldCleared(NETWORK));
    }

    @Test
    void areDeletedWhenTheyAreOver() throws Exception {
        holds.began(List.of(OF_THE_NETWORK, OF_ADA));

        new Housekeeping(List.of(holds::forgetOver), OF_ADA::until).clean();

        assertThat(holds.lasting(MONDAY)).containsExactly(OF_THE_NETWORK);
    }

    @Test
    void goWithTheAccount() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        holds.began(List.of(OF_THE_NETWORK, OF_ADA));

        store.accounts().erase(ADA, ROOT);

        assertThat(holds.lasting(MONDAY)).containsExactly(OF_THE_NETWORK);
    }
}

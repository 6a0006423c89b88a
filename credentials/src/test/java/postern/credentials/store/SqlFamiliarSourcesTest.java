package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Change;
import postern.credentials.Change.AccountChanged;
import postern.credentials.FamiliarSource;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;

/** L-03: what {@link FamiliarSourceStore} promises. */
@ParameterizedClass
@EnumSource
class SqlFamiliarSourcesTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final SourceNetwork HOME = SourceNetwork.parse("203.0.113.9");
    private static final SourceNetwork CAFE = SourceNetwork.parse("2001:db8:1:2::/64");
    private static final int MOST = 32;

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    private final SampleStore store;
    private final FamiliarSourceStore sources;

    SqlFamiliarSourcesTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.sources = store.familiarSources();
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.feed().listen(heard::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void areReadAsTheyWereSeenAlsoWithAllElseOfTheAccount() throws Exception {
        sources.seen(Map.of(at(HOME), MONDAY, at(CAFE), MONDAY.plusSeconds(1)), MOST);

        Map<SourceNetwork, Instant> seen = Map.of(HOME, MONDAY, CAFE, MONDAY.plusSeconds(1));
        assertThat(sources.of(ADA)).isEqualTo(seen);
        assertThat(store.credentials().snapshot(ADA, POLICY).orElseThrow().familiarSources())
                .isEqualTo(seen);
        assertThat(sources.of(BOB)).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void ofTwoNodesReportsTheLaterStays() throws Exception {
        sources.seen(Map.of(at(HOME), MONDAY.plusSeconds(60)), MOST);
        sources.seen(Map.of(at(HOME), MONDAY), MOST);

        assertThat(sources.of(ADA)).containsExactlyEntriesOf(Map.of(HOME, MONDAY.plusSeconds(60)));
    }

    @Test
    void ofAnAccountThatIsGoneNothingIsWritten() throws Exception {
        sources.seen(Map.of(new FamiliarSource(BOB, HOME), MONDAY, at(HOME), MONDAY), MOST);

        assertThat(sources.of(BOB)).isEmpty();
        assertThat(sources.of(ADA)).containsOnlyKeys(HOME);
    }

    @Test
    void ofOneAccountTheLatestThirtyTwoAreKept() throws Exception {
        sources.seen(Map.of(at(HOME), MONDAY), MOST);
        Map<FamiliarSource, Instant> many = new HashMap<>();
        for (int i = 1; i <= MOST; i++) {
            many.put(at(SourceNetwork.parse("192.0.2." + i)), MONDAY.plusSeconds(i));
        }
        sources.seen(many, MOST);

        assertThat(sources.of(ADA)).hasSize(MOST).doesNotContainKey(HOME);
    }

    @Test
    void areClearedAndThisNodeHasHeardOfIt() throws Exception {
        sources.seen(Map.of(at(HOME), MONDAY), MOST);

        assertThat(sources.clear(ADA, ROOT)).isOne();
        assertThat(sources.clear(ADA, ROOT)).isZero();

        assertThat(sources.of(ADA)).isEmpty();
        assertThat(heard).startsWith(new AccountChanged(ADA));
    }

    @Test
    void areDeletedWhenTheyAreNotFamiliarAnyMore() throws Exception {
        sources.seen(Map.of(at(HOME), MONDAY, at(CAFE), MONDAY.plusSeconds(1)), MOST);
        Duration keep = Duration.ofDays(60);

        new Housekeeping(
                        List.of(now -> sources.forgetSeenBefore(now.minus(keep))),
                        () -> MONDAY.plus(keep).plusMillis(1))
                .clean();

        assertThat(sources.of(ADA)).containsOnlyKeys(CAFE);
    }

    private static FamiliarSource at(SourceNetwork network) {
        return new FamiliarSource(ADA, network);
    }
}

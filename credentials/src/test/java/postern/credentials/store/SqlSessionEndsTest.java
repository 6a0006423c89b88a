package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Change;
import postern.credentials.Change.SessionsEnded;
import postern.credentials.SampleStore;
import postern.credentials.SessionChoice;
import postern.credentials.SessionChoice.AppPasswords;
import postern.credentials.SessionChoice.Everybodys;
import postern.credentials.SessionChoice.One;
import postern.credentials.SessionChoice.Persons;
import postern.credentials.SessionId;
import postern.credentials.StoreUnavailableException;

@ParameterizedClass
@EnumSource
class SqlSessionEndsTest {

    private static final List<SessionChoice> ALL = List.of(
            new Everybodys(),
            new Persons(ADA),
            new AppPasswords(SCANNER_ID),
            new One(new SessionId("ses_0123456789abcdef")));

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    private final SampleStore store;

    SqlSessionEndsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        store.feed().listen(heard::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whoseSessionsAreToEndIsHeardByTheNodes() throws Exception {
        for (SessionChoice which : ALL) {
            store.sessionEnds().end(which, ROOT);
        }

        assertThat(heard)
                .containsExactlyElementsOf(ALL.stream().map(SessionsEnded::new).toList());
    }

    @Test
    void whatIsNobodysIsRefused() {
        assertThatThrownBy(() -> SessionChoice.parse("cats of ada@example.org"))
                .hasMessage("sessions: cats of ada@example.org (expected: whose)");
    }
}

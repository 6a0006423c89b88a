package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Change;
import postern.credentials.Change.PolicyChanged;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.Policy.Issuer;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicyStore;
import postern.credentials.PolicySubject;
import postern.credentials.PolicySubject.Domain;
import postern.credentials.PolicySubject.Everyone;
import postern.credentials.PolicySubject.One;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;

/** What {@link PolicyStore} promises. */
@ParameterizedClass
@EnumSource
class SqlPoliciesTest {

    private static final PolicyRules NO_NEW = PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW);
    private static final PolicySubject EXAMPLE_ORG = new Domain("example.org");

    private static final PolicyRules OUTSPOKEN = new PolicyRules(
            Optional.of(AppPasswords.SUSPENDED),
            Optional.of(true),
            OptionalInt.of(5),
            OptionalInt.of(16),
            Optional.of(Set.of(Protocol.IMAP, Protocol.SMTP)),
            Optional.of(Duration.ofDays(90)),
            Optional.of(Duration.ZERO),
            Optional.of(Set.of(Issuer.ADMINISTRATOR)));

    private final List<Change> heard = new CopyOnWriteArrayList<>();

    private final SampleStore store;
    private final PolicyStore policies;

    SqlPoliciesTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.policies = store.policies();
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.feed().listen(heard::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void saysWhatWasSaidLast() throws Exception {
        assertThat(policies.rules(EXAMPLE_ORG)).isEmpty();

        policies.put(EXAMPLE_ORG, NO_NEW, ROOT);
        policies.put(EXAMPLE_ORG, OUTSPOKEN, ROOT);
        policies.put(new Everyone(), NO_NEW, ROOT);

        assertThat(policies.rules(EXAMPLE_ORG)).contains(OUTSPOKEN);
        assertThat(policies.layers())
                .containsExactly(new Layer(EXAMPLE_ORG, OUTSPOKEN), new Layer(new Everyone(), NO_NEW));
        assertThat(heard)
                .containsExactly(
                        new PolicyChanged(EXAMPLE_ORG),
                        new PolicyChanged(EXAMPLE_ORG),
                        new PolicyChanged(new Everyone()));
    }

    @Test
    void silenceIsNotKept() throws Exception {
        policies.put(EXAMPLE_ORG, NO_NEW, ROOT);
        policies.put(EXAMPLE_ORG, PolicyRules.SILENT, ROOT);

        assertThat(policies.layers()).isEmpty();
    }

    @Test
    void aLoginSeesWhatIsSaidOfItsPersonItsDomainAndEveryone() throws Exception {
        policies.put(new Everyone(), OUTSPOKEN, ROOT);
        policies.put(EXAMPLE_ORG, NO_NEW, ROOT);
        policies.put(new Domain("example.net"), OUTSPOKEN, ROOT);
        policies.put(new One(ADA), PolicyRules.SILENT.withAppPasswords(AppPasswords.ALLOWED), ROOT);

        var inForce = store.credentials().snapshot(ADA, POLICY).orElseThrow().inForce();

        assertThat(inForce.policy().appPasswords()).isEqualTo(AppPasswords.ALLOWED);
        assertThat(inForce.policy().mostPerAccount()).isEqualTo(5);
        assertThat(inForce.sources())
                .containsEntry("app_passwords", "ada@example.org")
                .containsEntry("most_per_account", "everyone");
    }
}

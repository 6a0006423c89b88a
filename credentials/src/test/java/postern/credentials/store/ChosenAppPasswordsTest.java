package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.issue.SecretGenerator;
import postern.credentials.job.Criterion;
import postern.credentials.job.Criterion.AnyOf;
import postern.credentials.job.Criterion.CreatedBefore;
import postern.credentials.job.Criterion.GoodFor;
import postern.credentials.job.Criterion.InDomain;
import postern.credentials.job.Criterion.InGroup;
import postern.credentials.job.Criterion.LastUsedFrom;
import postern.credentials.job.Criterion.OfOwners;
import postern.credentials.job.Criterion.UnusedSince;
import postern.credentials.job.Preview;
import postern.credentials.job.RevocationFilter;

/** Which app passwords are meant, by each of the criteria. */
@ParameterizedClass
@EnumSource
class ChosenAppPasswordsTest {

    private static final LoginName SALES = new LoginName("sam@sales_1.example");
    private static final LoginName ALMOST = new LoginName("sam@salesx1.example");
    private static final LoginName DOOR = new LoginName("door@example.org");
    private static final AppPasswordId OLD = new AppPasswordId("apw_old0000000000001");
    private static final AppPasswordId NEW = new AppPasswordId("apw_new0000000000001");
    private static final AppPasswordId OF_SALES = new AppPasswordId("apw_sales00000000001");
    private static final AppPasswordId OF_ALMOST = new AppPasswordId("apw_a1most0000000001");
    private static final AppPasswordId OF_DOOR = new AppPasswordId("apw_door000000000001");
    private static final SecretGenerator SECRETS = new SecretGenerator(new SecureRandom());

    private final SampleStore store;
    private final SqlJobs jobs;

    ChosenAppPasswordsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.jobs = new SqlJobs(store.changes(), InstantSource.system(), new SecureRandom());
    }

    @BeforeEach
    void somePeopleAreThere() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.accounts().add(person(SALES, "sales"), ROOT);
        store.accounts().add(person(ALMOST, "salesmen"), ROOT);
        store.accounts().add(Account.device(DOOR, "sales", MONDAY), ROOT);
        issue(ADA, OLD, MONDAY.minusSeconds(3600), Protocol.IMAP);
        issue(ADA, NEW, MONDAY, Protocol.SMTP);
        issue(SALES, OF_SALES, MONDAY.minusSeconds(3600), Protocol.SMTP);
        issue(ALMOST, OF_ALMOST, MONDAY, Protocol.IMAP);
        issue(DOOR, OF_DOOR, MONDAY, Protocol.SMTP);
        use(OLD, MONDAY.minusSeconds(60), "192.0.2.7");
        use(OF_SALES, MONDAY.plusSeconds(60), "192.0.3.7");
        use(OF_ALMOST, MONDAY.plusSeconds(60), "2001:db8::7");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void byWhoseTheyAre() throws Exception {
        assertFound(2, 2, new InGroup("sales"));
        assertFound(1, 1, new InDomain("sales_1.example"));
        assertFound(3, 2, new InDomain("example.org"));
        assertFound(0, 0, new InDomain("org"));
        assertFound(3, 2, new OfOwners(Set.of(ADA, SALES, new LoginName("nobody@example.org"))));
    }

    @Test
    void byWhenTheyWereMadeAndUsed() throws Exception {
        assertFound(2, 2, new CreatedBefore(MONDAY));
        assertFound(1, 1, new UnusedSince(MONDAY));
        assertFound(3, 2, new UnusedSince(MONDAY.plusSeconds(1)));
        assertFound(0, 0, new UnusedSince(MONDAY.minusSeconds(60)));
    }

    @Test
    void whatWasResumedIsNotBlamedForBeingUnusedBefore() throws Exception {
        store.credentials().revise(ADA, OLD, one -> one.resume(MONDAY.plusSeconds(1)), ROOT);

        assertFound(0, 0, new UnusedSince(MONDAY));
    }

    @Test
    void byWhatTheyAreGoodFor() throws Exception {
        assertFound(3, 3, new GoodFor(Protocol.SMTP));
        assertFound(0, 0, new GoodFor(Protocol.DAV));
    }

    @Test
    void byWhereTheyWereUsedLast() throws Exception {
        assertFound(1, 1, new LastUsedFrom(SourceNetwork.parse("192.0.2.0/24")));
        assertFound(2, 2, new LastUsedFrom(SourceNetwork.parse("192.0.2.0/23")));
        assertFound(1, 1, new LastUsedFrom(SourceNetwork.parse("2001:db8::/32")));
        store.credentials().forgetClients(MONDAY.plusSeconds(3600));
        assertFound(0, 0, new LastUsedFrom(SourceNetwork.parse("192.0.2.0/23")));
    }

    @Test
    void byTheirIdsAndByAllThatIsSaid() throws Exception {
        assertFound(2, 2, new AnyOf(Set.of(NEW, OF_SALES)));
        assertFound(1, 1, new AnyOf(Set.of(NEW, OF_SALES)), new OfOwners(Set.of(ADA)), new GoodFor(Protocol.SMTP));
        assertFound(0, 0, new InGroup("sales"), new OfOwners(Set.of(ADA)));
    }

    @Test
    void aRevokedOneIsNotFound() throws Exception {
        store.credentials().revoke(ADA, OLD, ROOT);

        assertFound(1, 1, new OfOwners(Set.of(ADA)));
    }

    /** More than a page, and each once. */
    @Test
    void allPagesAreRead() throws Exception {
        ChosenAppPasswords twoAtOnce =
                new ChosenAppPasswords(RevocationFilter.of(new CreatedBefore(MONDAY.plusSeconds(1))), 2);

        assertThat(store.database().read(twoAtOnce::count)).isEqualTo(new Preview(5, 4));
    }

    private void assertFound(int appPasswords, int owners, Criterion... criteria) throws Exception {
        assertThat(jobs.preview(RevocationFilter.of(criteria)))
                .as(Stream.of(criteria).toList().toString())
                .isEqualTo(new Preview(appPasswords, owners));
    }

    private static Account person(LoginName name, String group) {
        return Account.person(name, MONDAY).withHolder(new Account.Holder.Person(true, Optional.of(group)));
    }

    private void issue(LoginName owner, AppPasswordId id, Instant at, Protocol protocol) throws Exception {
        AppPassword one = SampleLogins.appPassword(owner, id, SampleLogins.typed(SECRETS.draw(20)), CHEAP_HASHER);
        AppPassword made =
                new AppPassword(id, owner, "x", one.proof(), one.scope().withProtocols(Set.of(protocol)), at);
        store.credentials().add(made, 40, ROOT);
    }

    private void use(AppPasswordId id, Instant at, String client) throws Exception {
        store.credentials()
                .used(Map.of(id, new LastUse(at, Protocol.IMAP, InetAddress.ofLiteral(client), Optional.empty())));
    }
}

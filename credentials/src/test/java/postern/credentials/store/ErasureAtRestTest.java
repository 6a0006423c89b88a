package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.typed;
import static postern.credentials.audit.SampleEvents.BOB;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.grant.SampleGrants.vaultIn;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Actor;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.DeviceUse;
import postern.credentials.FamiliarSource;
import postern.credentials.Held;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.Sent;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditKind;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;
import postern.credentials.consent.BegunConsent;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.SampleGrants;
import postern.credentials.job.Beginning.Begun;
import postern.credentials.job.Criterion.OfOwners;
import postern.credentials.job.RevocationFilter;
import postern.credentials.setup.SampleSetupLinks;

/** G: who is erased is in no table of the store, and in no byte of its file. */
@ParameterizedClass
@EnumSource
class ErasureAtRestTest {

    private static final LoginName ADA_L = new LoginName("a.lovelace@example.org");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");
    private static final List<String> OF_ADA =
            List.of("ada@example.org", "lovelace", "2nd floor", "192.0.2.7", "Outlook of Ada", "iPhone of A.");

    private final Engine engine;
    private final Path folder;
    private final SampleStore store;

    ErasureAtRestTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.engine = engine;
        this.folder = folder;
        this.store = SampleStore.on(engine.open(folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingNamesWhoIsErasedAndTheTrailIsWhole() throws Exception {
        keepAllThereIs();
        store.accounts().add(Account.person(BOB, MONDAY), ROOT);
        assertThat(everything()).as("what is looked for").contains(OF_ADA);

        store.accounts().erase(ADA, ROOT);

        assertThat(everything()).doesNotContain(OF_ADA).contains(BOB.value());
        assertThat(new AuditVerification(store.trail()).run()).isInstanceOf(Intact.class);
        if (engine == Engine.SQLITE_FILE) {
            assertThat(bytes()).doesNotContain(OF_ADA).contains(BOB.value());
        }
    }

    /** Something in each table that can have it. */
    private void keepAllThereIs() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.accounts().addAlias(ADA, ADA_L, ROOT);
        store.credentials().add(SCANNER, 40, ROOT);
        store.credentials()
                .used(Map.of(
                        SCANNER_ID,
                        new LastUse(
                                MONDAY,
                                Protocol.IMAP,
                                InetAddress.ofLiteral("192.0.2.7"),
                                Optional.of("Outlook of Ada"))));
        store.deviceUses()
                .used(
                        Map.of(
                                new DeviceUse.Key(SCANNER_ID, Protocol.ACTIVESYNC, "iPhone of A."),
                                new DeviceUse(MONDAY, "iPhone of A.", Optional.empty())),
                        9);
        RevocationFilter hers = RevocationFilter.of(new OfOwners(Set.of(ADA)));
        assertThat(new SqlJobs(store.changes(), () -> MONDAY, new SecureRandom())
                        .begin(hers, 1, By.administrator(ADA.value(), MONDAY)))
                .isInstanceOf(Begun.class);
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        store.familiarSources().seen(Map.of(new FamiliarSource(ADA, SourceNetwork.parse("192.0.2.7")), MONDAY), 32);
        store.policies()
                .put(new PolicySubject.One(ADA), PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW), ROOT);
        store.holds()
                .began(List.of(
                        new SharedHold(Held.name(ADA), 1, MONDAY.plusSeconds(60)),
                        new SharedHold(Held.name(ADA_L), 1, MONDAY.plusSeconds(60)),
                        new SharedHold(Held.name(BOB), 1, MONDAY.plusSeconds(60))));
        store.holds().clear(Held.name(ADA), ROOT);
        store.holds().began(List.of(new SharedHold(Held.name(ADA), 1, MONDAY.plusSeconds(60))));
        new SqlSending(store.database()).add(7, Map.of(SCANNER_ID, new Sent(1, 1)));
        SampleGrants.put(
                vaultIn(store.database(), () -> MONDAY, OLD_KEY),
                ADA,
                CONTOSO,
                GrantKind.REFRESH_TOKEN,
                secret("token"),
                Optional.empty());
        new SqlConsents(store.changes())
                .begin(new BegunConsent(ADA, CONTOSO, "hash", "kept", MONDAY.plusSeconds(60)), ROOT);
        store.credentials().add(appPassword(PHONE_ID, typed(WRONG_SECRET), Optional.empty()), 40, ROOT);
        assertThat(SampleSetupLinks.on(store, () -> MONDAY)
                        .make(SampleSetupLinks.contents(ADA, PHONE_ID, WRONG_SECRET), SampleSetupLinks.REQUEST))
                .isPresent();
        store.trail()
                .append(List.of(AuditEvent.of(AuditKind.LOGIN_FAILED, Actor.system("login"), MONDAY, new SecureRandom())
                        .about(ADA_L))); // as it was typed
    }

    private String everything() throws StoreUnavailableException {
        String tables = engine == Engine.POSTGRESQL
                ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                : "SELECT name FROM sqlite_master WHERE type = 'table'";
        return store.database().read(sql -> {
            StringBuilder all = new StringBuilder();
            for (String table : sql.createQuery(tables).mapTo(String.class).list()) {
                all.append(sql.createQuery("SELECT * FROM " + table).mapToMap().list());
            }
            return all.toString();
        });
    }

    /** SQLite leaves deleted bytes where they were until it is told to tidy up. */
    private String bytes() throws Exception {
        store.database().read(sql -> {
            sql.execute("VACUUM");
            return sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path one : files.toList()) {
                all.append(Files.readString(one, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}

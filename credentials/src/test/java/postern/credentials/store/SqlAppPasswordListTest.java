package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AppPasswordFilter;
import postern.credentials.report.AppPasswords.Listed;

/** Everybody's app passwords, page by page. The scanner's are made an hour before Monday. */
@ParameterizedClass
@EnumSource
class SqlAppPasswordListTest {

    private static final LoginName PRINTER = new LoginName("printer@print.example.com");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");
    private static final AppPasswordId PRINTER_ID = new AppPasswordId("apw_printer000000001");
    private static final LastUse USE =
            new LastUse(MONDAY, Protocol.IMAP, InetAddress.getLoopbackAddress(), Optional.empty());

    private final SampleStore store;
    private final SqlAppPasswordList appPasswords;

    SqlAppPasswordListTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.appPasswords = new SqlAppPasswordList(store.database());
    }

    @BeforeEach
    void thereAreSome() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.accounts().add(Account.device(PRINTER, "facilities", MONDAY), ROOT);
        store.credentials().add(SCANNER, 40, ROOT);
        store.credentials().add(made(ADA, PHONE_ID, "zzzz-zzzz-zzzz-zzzz-zzzz"), 40, ROOT);
        store.credentials()
                .add(
                        made(PRINTER, PRINTER_ID, "xxxx-xxxx-xxxx-xxxx-xxxx")
                                .withScope(scope -> scope.withProtocols(Set.of(Protocol.SMTP))),
                        40,
                        ROOT);
        store.credentials().used(Map.of(PHONE_ID, USE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void allOfAllOwnersAreListedWithTheirLastUse() throws Exception {
        assertThat(appPasswords.page(AppPasswordFilter.ALL, "", 2))
                .extracting(Listed::lastUse)
                .containsExactly(Optional.of(USE), Optional.empty());
        assertThat(appPasswords.page(AppPasswordFilter.ALL, PRINTER_ID.value(), 2))
                .containsExactly(new Listed(SCANNER, Optional.empty()));
    }

    @Test
    void unusedIsWhatWasUsedBeforeThenOrMadeBeforeThenAndNeverUsed() throws Exception {
        expect(AppPasswordFilter.ALL.withUnusedSince(MONDAY), PRINTER_ID, SCANNER_ID);
        expect(AppPasswordFilter.ALL.withUnusedSince(MONDAY.plusMillis(1)), PHONE_ID, PRINTER_ID, SCANNER_ID);
        expect(AppPasswordFilter.ALL.withUnusedSince(MONDAY.minusSeconds(3600)));
    }

    @Test
    void whatIsAskedForIsAllThatIsListedAndCounted() throws Exception {
        expect(AppPasswordFilter.ALL.withCreatedBefore(MONDAY.minusSeconds(3600)));
        expect(AppPasswordFilter.ALL.withCreatedBefore(MONDAY), PHONE_ID, PRINTER_ID, SCANNER_ID);
        expect(AppPasswordFilter.ALL.withGroup("facilities"), PRINTER_ID);
        expect(AppPasswordFilter.ALL.withDomain("Example.org"), PHONE_ID, SCANNER_ID);
        expect(AppPasswordFilter.ALL.withDomain("example.com"));
        expect(AppPasswordFilter.ALL.withProtocol(Protocol.IMAP), PHONE_ID, SCANNER_ID);
        expect(AppPasswordFilter.ALL.withProtocol(Protocol.SMTP), PHONE_ID, PRINTER_ID, SCANNER_ID);
    }

    @Test
    void whatIsRevokedIsNotThere() throws Exception {
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        expect(AppPasswordFilter.ALL, PHONE_ID, PRINTER_ID);
    }

    private void expect(AppPasswordFilter filter, AppPasswordId... ids) throws StoreUnavailableException {
        assertThat(appPasswords.page(filter, "", 10))
                .extracting(one -> one.appPassword().id())
                .containsExactly(ids);
        assertThat(appPasswords.count(filter)).isEqualTo(ids.length);
    }

    private static AppPassword made(LoginName owner, AppPasswordId id, String secret) {
        return SampleLogins.appPassword(owner, id, SampleLogins.typed(secret), SampleLogins.CHEAP_HASHER);
    }
}

package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.envelope;
import static postern.credentials.setup.SampleSetupLinks.LASTS;
import static postern.credentials.setup.SampleSetupLinks.REQUEST;
import static postern.credentials.setup.SampleSetupLinks.contents;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.setup.LinkContents;
import postern.credentials.setup.SampleSetupLinks;
import postern.credentials.setup.SetupLinks;
import postern.credentials.setup.SetupLinks.Made;

/** A link leads to an app password once, for a while, and for as long as there is one. */
@ParameterizedClass
@EnumSource
class SetupLinksTest {

    private static final LoginName BOB = new LoginName("bob@example.org");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");
    private static final AppPassword PHONE =
            SampleLogins.appPassword(PHONE_ID, SampleLogins.typed(SampleLogins.WRONG_SECRET), Optional.empty());

    private final SampleStore store;
    private final MovedClock clock = new MovedClock();
    private final SetupLinks links;

    SetupLinksTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.links = SampleSetupLinks.on(store, clock);
    }

    @BeforeEach
    void addAda() throws Exception {
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        store.credentials().add(SCANNER, 40, ROOT);
        store.credentials().add(PHONE, 40, ROOT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theFirstWhoComesHasIt() throws Exception {
        Made made = made(contents());

        assertThat(made.endsAt()).isEqualTo(MONDAY.plus(LASTS));
        assertThat(made.toString()).doesNotContain(made.token());
        try (LinkContents taken = links.take(made.token()).orElseThrow()) {
            assertThat(taken.owner()).isEqualTo(ADA);
            assertThat(taken.appPassword()).isEqualTo(SCANNER_ID);
            assertThat(clear(taken.secret())).isEqualTo(SCANNER_SECRET);
            assertThat(taken.toString()).doesNotContain(SCANNER_SECRET);
        }
        assertThat(links.take(made.token())).isEmpty();
        assertThat(kindsOfEvents()).endsWith("setup_link.made", "setup_link.taken");
    }

    @Test
    void ofManyAtOnceOneHasIt() throws Exception {
        Made made = made(contents());

        Callable<Optional<LinkContents>> take = () -> links.take(made.token());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Optional<LinkContents>> taken = threads.invokeAll(Collections.nCopies(8, take)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void whoComesTooLateFindsNothingAndItIsForgotten() throws Exception {
        Made made = made(contents());

        clock.pass(LASTS);

        assertThat(links.take(made.token())).isEmpty();
        assertThat(new SqlSetupLinks(store.changes()).forgetOver(clock.instant()))
                .isEqualTo(1);
        assertThat(rows()).isZero();
    }

    @Test
    void itGoesWithItsAppPasswordAndNotWithAnother() throws Exception {
        Made scanners = made(contents());
        Made phones = made(contents(ADA, PHONE_ID, SampleLogins.WRONG_SECRET));

        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(rows()).isEqualTo(1);
        assertThat(links.take(scanners.token())).isEmpty();
        assertThat(links.take(phones.token())).isPresent();
        assertThat(links.make(contents(), REQUEST)).isEmpty();
    }

    @Test
    void itGoesWithAllOfThem() throws Exception {
        Made made = made(contents());

        store.credentials().revokeAll(ADA, ROOT);

        assertThat(rows()).isZero();
        assertThat(links.take(made.token())).isEmpty();
    }

    @Test
    void itGoesWithTheAccount() throws Exception {
        Made made = made(contents());

        assertThat(store.accounts().erase(ADA, ROOT)).isTrue();

        assertThat(rows()).isZero();
        assertThat(links.take(made.token())).isEmpty();
        assertThat(links.make(contents(), REQUEST)).isEmpty();
    }

    @Test
    void anAppPasswordThatWasForgottenLeavesNoLink() throws Exception {
        made(contents());
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(store.credentials().forgetRevoked(clock.instant().plus(Duration.ofDays(91))))
                .isEqualTo(1);
    }

    @Test
    void nobodyHasOneForTheAppPasswordOfAnother() throws Exception {
        store.accounts().add(Account.person(BOB, MONDAY), ROOT);

        assertThat(links.make(contents(BOB, SCANNER_ID, SCANNER_SECRET), REQUEST))
                .isEmpty();
    }

    @Test
    void anOwnerHasAFewAndTheNewestOfThem() throws Exception {
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < SetupLinks.MOST_PER_OWNER + 2; i++) {
            all.add(made(contents()));
        }

        assertThat(rows()).isEqualTo(SetupLinks.MOST_PER_OWNER);
        assertThat(links.take(all.getLast().token())).isPresent();
        clock.pass(Duration.ofMinutes(1));
        Made later = made(contents());
        made(contents());
        assertThat(rows()).isEqualTo(SetupLinks.MOST_PER_OWNER);
        assertThat(links.take(later.token())).isPresent();
    }

    /** Who reads the table has neither the link nor what it leads to. */
    @Test
    void theStoreKnowsNeitherTheTokenNorTheSecret() throws Exception {
        Made made = made(contents());

        assertThat(everything()).doesNotContain(made.token(), SCANNER_SECRET);
    }

    @Test
    void aKeyThatIsGoneLeadsNowhere() throws Exception {
        SetupLinks before = SampleSetupLinks.on(store, envelope(OLD_KEY), clock);
        Made made = before.make(contents(), REQUEST).orElseThrow();
        Made another = before.make(contents(), REQUEST).orElseThrow();

        assertThat(SampleSetupLinks.on(store, envelope(NEW_KEY, OLD_KEY), clock).take(made.token()))
                .isPresent();
        assertThat(links.take(another.token())).isEmpty();
    }

    /** As if somebody had turned a link to one into a link to the other. */
    @Test
    void aRowThatWasAlteredLeadsNowhere() throws Exception {
        Made made = made(contents());
        store.database().change(sql -> sql.execute("UPDATE setup_links SET address = 'bob@example.org'"));

        assertThat(links.take(made.token())).isEmpty();
    }

    @Test
    void whatIsNoLinkIsNotLookedFor() throws Exception {
        for (String token : List.of("", "x", "' OR 1=1 --", "a".repeat(44))) {
            assertThat(links.take(token)).isEmpty();
        }
    }

    private Made made(LinkContents contents) throws StoreUnavailableException {
        try (contents) {
            return links.make(contents, REQUEST).orElseThrow();
        }
    }

    private int rows() throws StoreUnavailableException {
        return store.database()
                .read(sql -> sql.createQuery("SELECT count(*) FROM setup_links")
                        .mapTo(Integer.class)
                        .one());
    }

    private String everything() throws StoreUnavailableException {
        return store.database()
                .read(sql -> sql.createQuery("SELECT * FROM setup_links")
                        .mapToMap()
                        .list()
                        .toString());
    }

    private List<String> kindsOfEvents() throws StoreUnavailableException {
        return store.trail().after(0, AuditFilter.ALL, 100).stream()
                .map(AuditEntry::kind)
                .toList();
    }
}

package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.grant.SampleGrants.BOB;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.KEY_FILE;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.put;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.grant.SampleGrants.shown;
import static postern.credentials.grant.SampleGrants.vaultIn;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.GrantVault.Place;
import postern.credentials.grant.GrantVault.Rewrap;
import postern.credentials.grant.OpenGrant;
import postern.credentials.grant.Turn.Yours;
import postern.credentials.hash.KeyFile;

/** What {@link GrantVault} promises of what it keeps. Whose turn it is, is in {@link GrantTurnsTest}. */
@ParameterizedClass
@EnumSource
class GrantVaultTest {

    private static final Optional<Instant> IN_NINETY_DAYS = Optional.of(MONDAY.plus(Duration.ofDays(90)));
    private static final String OLD_ID = KeyFile.id(OLD_KEY).value();
    private static final String NEW_ID = KeyFile.id(NEW_KEY).value();

    private final Database database;
    private final MovedClock clock = new MovedClock();
    private final GrantVault vault;

    GrantVaultTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.database = engine.open(folder);
        this.vault = vaultUnder(OLD_KEY);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensWhatWasPutAsItWas() throws Exception {
        Grant put = put(vault, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), IN_NINETY_DAYS);

        assertThat(put.state()).isEqualTo(GrantState.WORKING);
        assertThat(put.createdAt()).isEqualTo(MONDAY);
        assertThat(put.expiresAt()).isEqualTo(IN_NINETY_DAYS);
        assertThat(vault.find(ADA, CONTOSO)).contains(put);
        try (OpenGrant open = vault.open(ADA, CONTOSO).orElseThrow()) {
            assertThat(open.grant()).isEqualTo(put);
            assertThat(clear(open.secret())).isEqualTo(CANARY);
        }
    }

    @Test
    void whatWasNeverGivenIsAbsent() throws Exception {
        putAdas();

        assertThat(vault.find(BOB, CONTOSO)).isEmpty();
        assertThat(vault.open(BOB, CONTOSO)).isEmpty();
        assertThat(vault.find(ADA, "fabrikam")).isEmpty();
        assertThat(vault.revoke(BOB, CONTOSO, ROOT)).isFalse();
        assertThat(vault.delete(BOB, CONTOSO, ROOT)).isFalse();
        assertThat(vault.of(BOB)).isEmpty();
    }

    @Test
    void anotherConsentIsAnotherGrantInThePlaceOfTheFirst() throws Exception {
        Grant first = putAdas();
        vault.refused(opened(), "invalid_grant", "AADSTS700082");

        Grant second = put(vault, ADA, CONTOSO, GrantKind.MAILBOX_PASSWORD, secret("another"), Optional.empty());

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(vault.of(ADA)).containsExactly(second);
        assertThat(clear(opened().secret())).isEqualTo("another");
    }

    /** Traps 5 and 8: app passwords come and go, and consent stays. */
    @Test
    void whatHappensToAppPasswordsChangesNoGrant() throws Exception {
        try (ChangeFeed feed = SampleLogins.feedOf(database)) {
            SampleStore store = SampleStore.on(database, feed);
            Grant grant = putAdas();
            store.accounts().add(Account.person(ADA, MONDAY), ROOT);
            store.credentials().add(SCANNER, 40, ROOT);
            store.credentials().revoke(ADA, SCANNER_ID, ROOT);

            assertThat(vault.find(ADA, CONTOSO)).contains(grant);
            assertThat(clear(opened().secret())).isEqualTo(CANARY);
        }
    }

    /** H-06 */
    @Test
    void aRowCopiedToAnotherOwnerOpensNothing() throws Exception {
        putAdas();
        put(vault, BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret("bobs"), Optional.empty());

        database.change(sql -> sql.execute("""
                UPDATE grants SET wrapped_key = adas.wrapped_key, sealed_secret = adas.sealed_secret
                FROM grants adas WHERE grants.owner = ? AND adas.owner = ?""", BOB.value(), ADA.value()));

        assertThatThrownBy(() -> vault.open(BOB, CONTOSO)).isInstanceOf(GrantUnreadableException.class);
        assertThat(vault.find(BOB, CONTOSO)).as("which is there all the same").isPresent();
        assertThat(clear(opened().secret())).isEqualTo(CANARY);
    }

    /** H-08 */
    @Test
    void aGrantOfAKeyThatIsNotHereIsUnreadableAndNeverAbsent() throws Exception {
        putAdas();
        GrantVault withoutTheKey = vaultUnder(NEW_KEY);

        assertThatThrownBy(() -> withoutTheKey.open(ADA, CONTOSO))
                .isInstanceOf(GrantUnreadableException.class)
                .hasMessageContaining(OLD_ID)
                .hasMessageContaining(KEY_FILE.toString());
        assertThatThrownBy(() -> withoutTheKey.takeTurn(ADA, CONTOSO)).isInstanceOf(GrantUnreadableException.class);
        assertThat(withoutTheKey.find(ADA, CONTOSO)).isPresent();
        assertThat(vault.takeTurn(ADA, CONTOSO))
                .as("who cannot open it keeps nobody waiting")
                .isInstanceOf(Yours.class);
    }

    /** H-05 */
    @Test
    void allComeUnderTheNewKeyInOnePass() throws Exception {
        putAdas();
        for (int i = 0; i < 120; i++) {
            put(vault, BOB, "upstream" + i, GrantKind.REFRESH_TOKEN, secret("bobs" + i), Optional.empty());
        }
        Grant before = vault.find(ADA, CONTOSO).orElseThrow();
        assertThat(vault.keysInUse()).isEqualTo(Map.of(OLD_ID, 121));

        assertThat(vaultUnder(NEW_KEY, OLD_KEY).rewrap()).isEqualTo(new Rewrap(121, 0, Optional.empty()));

        assertThat(vaultUnder(NEW_KEY).keysInUse()).isEqualTo(Map.of(NEW_ID, 121));
        try (OpenGrant open = vaultUnder(NEW_KEY).open(ADA, CONTOSO).orElseThrow()) {
            assertThat(clear(open.secret())).isEqualTo(CANARY);
            assertThat(open.grant()).as("who has it open may go on").isEqualTo(before);
        }
        assertThat(vaultUnder(NEW_KEY, OLD_KEY).rewrap().done()).isZero();
    }

    /** H-05 */
    @Test
    void whatIsWrittenAnywayComesUnderTheNewKey() throws Exception {
        putAdas();
        GrantVault both = vaultUnder(NEW_KEY, OLD_KEY);

        both.renewed(both.open(ADA, CONTOSO).orElseThrow(), Optional.empty(), Optional.empty());

        assertThat(vault.keysInUse()).isEqualTo(Map.of(NEW_ID, 1));
        assertThat(clear(vaultUnder(NEW_KEY).open(ADA, CONTOSO).orElseThrow().secret()))
                .isEqualTo(CANARY);
    }

    /** H-05, H-08 */
    @Test
    void aPassLeavesOutWhatItCannotOpenAndSaysWhy() throws Exception {
        putAdas();
        put(vaultUnder(NEW_KEY), BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret("bobs"), Optional.empty());
        byte[] third = new byte[32];

        Rewrap rewrap = vaultUnder(third, OLD_KEY).rewrap();

        assertThat(rewrap.done()).isEqualTo(1);
        assertThat(rewrap.leftOut()).isEqualTo(1);
        assertThat(rewrap.firstCause().orElseThrow()).hasMessageContaining("sealed under key " + NEW_ID);
        assertThat(clear(vaultUnder(NEW_KEY).open(BOB, CONTOSO).orElseThrow().secret()))
                .isEqualTo("bobs");
    }

    @Test
    void aRevokedOneIsRememberedAndItsSecretIsNot() throws Exception {
        putAdas();
        OpenGrant inUse = opened();

        assertThat(vault.revoke(ADA, CONTOSO, ROOT)).isTrue();
        assertThat(vault.revoke(ADA, CONTOSO, ROOT)).isFalse();

        assertThat(vault.find(ADA, CONTOSO).orElseThrow().state()).isEqualTo(GrantState.REVOKED);
        assertThat(vault.open(ADA, CONTOSO)).isEmpty();
        assertThat(vault.keysInUse()).isEmpty();
        assertThat(vault.renewed(inUse, Optional.of(secret("late")), Optional.empty()))
                .as("nothing brings it back")
                .isFalse();
        assertThat(vault.failed(inUse, "late", "")).isFalse();
        assertThat(vault.find(ADA, CONTOSO).orElseThrow().state()).isEqualTo(GrantState.REVOKED);
    }

    @Test
    void whatIsDeletedOrErasedIsGoneAndNobodyElsesIs() throws Exception {
        putAdas();
        put(vault, ADA, "fabrikam", GrantKind.MAILBOX_PASSWORD, secret("hunter2"), Optional.empty());
        put(vault, ADA, "main", GrantKind.MAILBOX_PASSWORD, secret("hunter2"), Optional.empty());
        Grant bobs = put(vault, BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret("bobs"), Optional.empty());

        assertThat(vault.delete(ADA, CONTOSO, ROOT)).isTrue();
        assertThat(vault.find(ADA, CONTOSO)).isEmpty();
        assertThat(vault.erase(ADA, ROOT)).isEqualTo(2);
        assertThat(vault.page(Place.BEFORE_ALL, 10)).containsExactly(bobs);
    }

    @Test
    void tellsOfTheirHealthPageByPage() throws Exception {
        put(vault, BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret("bobs"), Optional.empty());
        putAdas();
        clock.pass(Duration.ofDays(1));
        vault.refused(opened(), "invalid_grant", "AADSTS70043: sign in again");

        List<Grant> first = vault.page(Place.BEFORE_ALL, 1);
        List<Grant> second = vault.page(Place.of(first.getFirst()), 1);

        assertThat(first).singleElement().satisfies(adas -> {
            assertThat(adas.owner()).isEqualTo(ADA);
            assertThat(adas.state()).isEqualTo(GrantState.NEEDS_CONSENT);
            assertThat(adas.trouble().orElseThrow().code()).isEqualTo("invalid_grant");
            assertThat(adas.trouble().orElseThrow().at()).isEqualTo(MONDAY.plus(Duration.ofDays(1)));
            assertThat(adas.daysLeft(clock.instant())).contains(89L);
        });
        assertThat(second).extracting(Grant::owner).containsExactly(BOB);
        assertThat(vault.page(Place.of(second.getFirst()), 1)).isEmpty();
    }

    /** H-07: the canary is in no row, and in nothing that prints. */
    @Test
    void noSecretIsInTheDumpOfTheStoreNorInAnythingThatPrints() throws Exception {
        putAdas();
        OpenGrant open = opened();
        vault.failed(open, CANARY, "you sent " + CANARY + ", which is wrong");

        assertThat(shown(open)).noneMatch(text -> text.contains("canary"));
        assertThat(vault.of(ADA).toString()).contains("you sent ***, which is wrong");
        List<Map<String, Object>> dump = database.read(
                sql -> sql.createQuery("SELECT * FROM grants").mapToMap().list());
        assertThat(dump.toString()).contains(ADA.value()).doesNotContain("canary");
    }

    /** An outage is told as one, never as "no such grant". */
    @Test
    void aStoreThatIsGoneIsAnExceptionNeverAnAbsence() throws Exception {
        putAdas();
        OpenGrant open = opened();
        database.close();

        assertThatThrownBy(() -> vault.find(ADA, CONTOSO)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> vault.open(ADA, CONTOSO)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> vault.takeTurn(ADA, CONTOSO)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> vault.renewed(open, Optional.of(secret("next")), Optional.empty()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(this::putAdas).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(vault::rewrap).isInstanceOf(StoreUnavailableException.class);
    }

    private GrantVault vaultUnder(byte[]... keys) {
        return vaultIn(database, clock, keys);
    }

    private Grant putAdas() throws StoreUnavailableException {
        return put(vault, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), IN_NINETY_DAYS);
    }

    private OpenGrant opened() throws Exception {
        return vault.open(ADA, CONTOSO).orElseThrow();
    }
}

package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static postern.credentials.Permission.APP_PASSWORDS_REVOKE;
import static postern.credentials.Permission.TOKENS_WRITE;
import static postern.credentials.Permission.USERS_READ;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.CallerOutcome;
import postern.credentials.administration.CallerOutcome.Known;
import postern.credentials.administration.CallerOutcome.Reason;
import postern.credentials.administration.CallerOutcome.Refused;
import postern.credentials.administration.TokenIssue;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenIssue.NoSuchToken;
import postern.credentials.administration.TokenIssue.NotToBeRotated;
import postern.credentials.administration.TokenIssue.Why;
import postern.credentials.administration.TokenLife;
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenState;
import postern.credentials.administration.TokenUses;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;

/** Who may open the admin API, for how long, and that it ends (§5.5). */
@ParameterizedClass
@EnumSource
class ApiTokensTest {

    private static final Caller OWNER = Caller.of(ROOT.actor(), Role.OWNER);
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");
    private static final TokenLife LIFE = new TokenLife(Duration.ofDays(90), Duration.ofDays(365));

    private final SampleStore store;
    private final SqlApiTokens rows;
    private final MovedClock clock = new MovedClock();
    private final TokenUses uses;
    private final ApiTokens tokens;

    ApiTokensTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.rows = new SqlApiTokens(store.changes());
        this.uses = new TokenUses(rows, Ticker.systemTicker());
        this.tokens = new ApiTokens(rows, uses, LIFE, new SecureRandom(), Ticker.systemTicker());
        store.feed().listen(tokens::heard);
    }

    @AfterEach
    void close() {
        uses.close();
        store.close();
    }

    @Test
    void aTokenOpensWhatItsRoleMay() throws Exception {
        Made made = made(TokenOrder.of(" Ada's laptop ", Role.SUPPORT));

        assertThat(made.toString()).doesNotContain(made.token().reveal());
        assertThat(made.made().name()).isEqualTo("Ada's laptop");
        assertThat(made.made().expiresAt()).isEqualTo(MONDAY.plus(Duration.ofDays(90)));
        assertThat(tokens.get(made.made().id())).contains(made.made());
        assertThat(shown(made))
                .isEqualTo(new Known(Caller.of(Actor.token(made.made().id().value()), Role.SUPPORT)));
    }

    @Test
    void aProgramMayDoExactlyWhatItsTokenSays() throws Exception {
        TokenOrder order = new TokenOrder(
                "Nightly import",
                Role.AUTOMATION,
                Optional.of(Set.of(USERS_READ, APP_PASSWORDS_REVOKE)),
                List.of(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8::/32")),
                Optional.of(MONDAY.plus(Duration.ofDays(365))));
        Made made = made(order);

        assertThat(tokens.get(made.made().id())).contains(made.made());
        assertThat(shown(made))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.caller().permissions())
                                .containsExactlyInAnyOrder(USERS_READ, APP_PASSWORDS_REVOKE));
        assertThat(shown(made, InetAddress.ofLiteral("198.51.100.1")))
                .isEqualTo(new Refused(
                        Reason.OTHER_NETWORK, Optional.of(made.made().id())));
        assertThat(shown(made, InetAddress.ofLiteral("2001:db8::1"))).isInstanceOf(Known.class);
    }

    @Test
    void whatIsNoneIsKnownAtOnceAndAStrangersIsNobodys() throws Exception {
        String text = made(TokenOrder.of("x", Role.OWNER)).token().reveal();
        store.database().change(sql -> sql.execute("DELETE FROM api_tokens"));

        assertThat(tokens.caller(text, HERE, clock.instant())).isEqualTo(refused(Reason.UNKNOWN));
        store.database().close(); // from here on, whoever asks it fails
        assertThat(tokens.caller(text + "x", HERE, clock.instant())).isEqualTo(refused(Reason.NO_TOKEN));
        assertThat(tokens.caller("", HERE, clock.instant())).isEqualTo(refused(Reason.NO_TOKEN));
    }

    @Test
    void whoIsKnownCostsNoLookIntoTheStoreUntilSomethingIsRevoked() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER));
        Made other = made(TokenOrder.of("y", Role.OWNER));
        shown(made);
        store.database().change(sql -> sql.execute("UPDATE api_tokens SET role = 'AUDITOR'"));

        assertThat(roleOf(shown(made))).as("as it was read").isEqualTo(Role.OWNER);
        tokens.revoke(other.made().id(), ROOT);
        assertThat(roleOf(shown(made))).as("as it is").isEqualTo(Role.AUDITOR);
    }

    @Test
    void whatIsRevokedOpensNothingAnyMoreOnNoNode() throws Exception {
        ApiTokens elsewhere = new ApiTokens(rows, uses, LIFE, new SecureRandom(), Ticker.systemTicker());
        store.feed().listen(elsewhere::heard);
        Made made = made(TokenOrder.of("x", Role.OWNER));
        assertThat(shown(made)).isInstanceOf(Known.class);
        assertThat(elsewhere.caller(made.token().reveal(), HERE, clock.instant()))
                .isInstanceOf(Known.class);

        assertThat(tokens.revoke(made.made().id(), ROOT)).isTrue();

        Refused revoked = new Refused(Reason.REVOKED, Optional.of(made.made().id()));
        assertThat(shown(made)).isEqualTo(revoked);
        assertThat(elsewhere.caller(made.token().reveal(), HERE, clock.instant()))
                .isEqualTo(revoked);
        assertThat(tokens.revoke(made.made().id(), ROOT)).isFalse();
        assertThat(tokens.revoke(new ApiTokenId("tok_0000000000000000"), ROOT)).isFalse();
    }

    @Test
    void noneLivesForEver() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(7))));

        clock.pass(Duration.ofDays(7).minusMillis(1));
        assertThat(shown(made)).isInstanceOf(Known.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(shown(made))
                .isEqualTo(new Refused(Reason.EXPIRED, Optional.of(made.made().id())));

        for (Duration never : List.of(Duration.ZERO, Duration.ofDays(365).plusMillis(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> made(TokenOrder.of("x", Role.OWNER)
                            .withExpiresAt(clock.instant().plus(never))))
                    .withMessageContaining("expires_at: ")
                    .withMessageContaining("(expected: ");
        }
    }

    @Test
    void whatNobodyUsesIsSuspendedAndWhatIsUsedIsNot() throws Exception {
        Made used = made(TokenOrder.of("x", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(365))));
        Made unused = made(TokenOrder.of("y", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(365))));

        clock.pass(Duration.ofDays(60));
        shown(used);
        uses.close(); // writes what is left
        assertThat(tokens.get(used.made().id()).flatMap(ApiTokenRecord::lastUse))
                .hasValueSatisfying(use -> {
                    assertThat(use.at()).isEqualTo(clock.instant());
                    assertThat(use.client()).contains(HERE);
                });
        clock.pass(Duration.ofDays(30));

        ApiTokens later = new ApiTokens(rows, uses, LIFE, new SecureRandom(), Ticker.systemTicker());
        assertThat(later.caller(used.token().reveal(), HERE, clock.instant())).isInstanceOf(Known.class);
        assertThat(shown(unused))
                .isEqualTo(
                        new Refused(Reason.SUSPENDED, Optional.of(unused.made().id())));
        assertThat(tokens.rotate(unused.made().id(), Duration.ZERO, OWNER, by()))
                .isInstanceOf(Made.class);
    }

    @Test
    void addressesAreForgottenAndTheTimeStays() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER));
        shown(made);
        uses.close();

        assertThat(rows.forgetClients(MONDAY.plusMillis(1))).isEqualTo(1);
        assertThat(rows.forgetClients(MONDAY.plusMillis(1))).isZero();
        assertThat(tokens.get(made.made().id()).flatMap(ApiTokenRecord::lastUse))
                .hasValueSatisfying(use -> {
                    assertThat(use.at()).isEqualTo(MONDAY);
                    assertThat(use.client()).isEmpty();
                });
    }

    @Test
    void anotherTakesItsPlaceAndTheOldOneMayOverlap() throws Exception {
        Made old = made(TokenOrder.of("x", Role.SUPPORT).withExpiresAt(MONDAY.plus(Duration.ofDays(30))));
        clock.pass(Duration.ofDays(10));

        Made next = (Made) tokens.rotate(old.made().id(), Duration.ofDays(2), OWNER, by());

        assertThat(next.made().role()).isEqualTo(Role.SUPPORT);
        assertThat(next.made().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(tokens.get(old.made().id()).flatMap(ApiTokenRecord::rotatedTo))
                .contains(next.made().id());
        assertThat(shown(old)).isInstanceOf(Known.class);
        assertThat(shown(next)).isInstanceOf(Known.class);
        assertThat(tokens.rotate(old.made().id(), Duration.ZERO, OWNER, by()))
                .as("once")
                .isInstanceOf(NotToBeRotated.class);
        clock.pass(Duration.ofDays(2));
        assertThat(shown(old)).isInstanceOf(Refused.class);
        assertThat(shown(next)).isInstanceOf(Known.class);
    }

    @Test
    void withoutAnOverlapTheOldOneEndsAtOnce() throws Exception {
        Made old = made(TokenOrder.of("x", Role.OWNER));
        assertThat(shown(old)).isInstanceOf(Known.class);

        assertThat(tokens.rotate(old.made().id(), Duration.ZERO, OWNER, by())).isInstanceOf(Made.class);

        assertThat(shown(old))
                .isEqualTo(new Refused(Reason.EXPIRED, Optional.of(old.made().id())));
    }

    @Test
    void whatEndedIsNotBroughtBackByAnother() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER));
        tokens.revoke(made.made().id(), ROOT);
        ApiTokenId nobodys = new ApiTokenId("tok_0000000000000000");

        assertThat(tokens.rotate(made.made().id(), Duration.ZERO, OWNER, by()))
                .isInstanceOfSatisfying(
                        NotToBeRotated.class,
                        not -> assertThat(not.asItIs().state(MONDAY)).isEqualTo(TokenState.REVOKED));
        assertThat(tokens.rotate(nobodys, Duration.ZERO, OWNER, by())).isEqualTo(new NoSuchToken(nobodys));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.rotate(nobodys, Duration.ofDays(8), OWNER, by()))
                .withMessageContaining("0 to 7 days");
    }

    @Test
    void whoFindsATokenEndsItAndNeverHearsWhetherItWasOne() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER));
        By finder = By.system("leak report", MONDAY);

        tokens.leaked("not a token", finder);
        tokens.leaked(made.token().reveal() + "\n", finder);
        tokens.leaked(made.token().reveal(), finder);

        assertThat(shown(made))
                .isEqualTo(new Refused(Reason.REVOKED, Optional.of(made.made().id())));
        assertThat(kinds()).containsExactly("admin.token_created", "admin.token_leaked");
    }

    /** T-04 */
    @Test
    void nobodyGivesWhatTheyDoNotHave() throws Exception {
        Caller limited = new Caller(ROOT.actor(), Role.OWNER, Set.of(TOKENS_WRITE, USERS_READ));
        Caller program = new Caller(ROOT.actor(), Role.AUTOMATION, Set.of(USERS_READ));
        Caller admin = Caller.of(ROOT.actor(), Role.ADMINISTRATOR);
        TokenOrder reader = TokenOrder.of("x", Role.OWNER).withScopes(Set.of(USERS_READ));
        Made all = made(TokenOrder.of("all", Role.OWNER));
        TokenIssue tooMuch = new TokenIssue.Refused(Why.MORE_THAN_THEIRS);

        assertThat(tokens.issue(TokenOrder.of("x", Role.SUPPORT), limited, ROOT))
                .isEqualTo(tooMuch);
        assertThat(tokens.issue(reader, admin, ROOT)).as("one above").isEqualTo(tooMuch);
        assertThat(tokens.rotate(all.made().id(), Duration.ZERO, limited, ROOT)).isEqualTo(tooMuch);
        assertThat(tokens.issue(reader, program, ROOT)).isEqualTo(new TokenIssue.Refused(Why.AUTOMATION));
        assertThat(tokens.issue(reader, limited, ROOT)).isInstanceOf(Made.class);
    }

    @Test
    void whatThereCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenOrder.of("x", Role.AUTOMATION))
                .withMessageStartingWith("scopes: none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenOrder.of("x", Role.SUPPORT).withScopes(Set.of(TOKENS_WRITE)))
                .withMessage("scopes: [tokens:write] (expected: some of support's)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenOrder.of("x", Role.SUPPORT).withScopes(Set.of()))
                .withMessageStartingWith("scopes: none");
        assertThatIllegalArgumentException().isThrownBy(() -> TokenOrder.of(" ", Role.OWNER));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenOrder.of("a\nb", Role.OWNER));
    }

    /** A later version may allow a role less, and know words that this one does not. */
    @Test
    void whatIsNoLongerTheRolesIsNoLongerTheTokens() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER).withScopes(Set.of(USERS_READ, TOKENS_WRITE)));
        store.database()
                .change(sql -> sql.execute(
                        "UPDATE api_tokens SET role = 'SUPPORT', scopes = 'users:read tokens:write moon:land'"));

        assertThat(shown(made))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.caller().permissions()).containsExactly(USERS_READ));
    }

    @Test
    void pagesAreReadByKey() throws Exception {
        for (int i = 0; i < 5; i++) {
            made(TokenOrder.of("x", Role.OWNER));
        }
        List<ApiTokenId> all = new ArrayList<>();
        List<ApiTokenRecord> page = tokens.after(Optional.empty(), 2);
        while (!page.isEmpty()) {
            page.forEach(one -> all.add(one.id()));
            page = tokens.after(Optional.of(all.getLast()), 2);
        }

        assertThat(all).hasSize(5).doesNotHaveDuplicates();
        assertThat(all.stream().map(ApiTokenId::value)).isSorted();
    }

    @Test
    void thatThereWasAnOwnerIsRemembered() throws Exception {
        made(TokenOrder.of("x", Role.SUPPORT));
        made(TokenOrder.of("x", Role.OWNER).withScopes(Set.of(USERS_READ)));
        assertThat(tokens.hadOwner()).isFalse();

        Made first = made(TokenOrder.of("x", Role.OWNER));
        tokens.revoke(first.made().id(), ROOT);

        assertThat(tokens.hadOwner()).isTrue();
    }

    /** E-01 */
    @Test
    void everyChangeIsTold() throws Exception {
        Made made = made(TokenOrder.of("Ada's", Role.SUPPORT).withScopes(Set.of(USERS_READ)));
        Made next = (Made) tokens.rotate(made.made().id(), Duration.ofDays(1), OWNER, by());
        tokens.revoke(next.made().id(), ROOT);

        assertThat(kinds()).containsExactly("admin.token_created", "admin.token_rotated", "admin.token_revoked");
        assertThat(entries().getFirst().facts())
                .isEqualTo(Map.of(
                        "token",
                        made.made().id().value(),
                        "role",
                        "support",
                        "after",
                        "users:read",
                        "expires_at",
                        made.made().expiresAt().toString()));
        assertThat(entries().get(1).facts())
                .containsEntry("next", next.made().id().value())
                .containsEntry("works_until", MONDAY.plus(Duration.ofDays(1)).toString());
        assertThat(entries().toString())
                .doesNotContain(made.token().reveal(), next.token().reveal(), "Ada's");
    }

    @Test
    void whoReadsTheTableHasNoToken() throws Exception {
        Made made = made(TokenOrder.of("x", Role.OWNER));

        String everything = store.database()
                .read(sql -> sql.createQuery("SELECT * FROM api_tokens")
                        .mapToMap()
                        .list()
                        .toString());

        assertThat(everything)
                .contains("sha256=")
                .doesNotContain(made.token().reveal().substring(4));
    }

    @Test
    void theNameOfWhoMadeItGoesWithThem() throws Exception {
        By ada = By.administrator(ADA.value(), MONDAY);
        store.accounts().add(Account.person(ADA, MONDAY), ROOT);
        Made made = (Made) tokens.issue(TokenOrder.of("x", Role.OWNER), Caller.of(ada.actor(), Role.OWNER), ada);
        assertThat(new KeptOfPerson(store.changes()).madeTokens(ADA)).containsExactly(made.made());

        store.accounts().erase(ADA, ROOT);

        assertThat(tokens.get(made.made().id()).flatMap(ApiTokenRecord::createdBy))
                .isEmpty();
        assertThat(new KeptOfPerson(store.changes()).madeTokens(ADA)).isEmpty();
        assertThat(shown(made)).as("what they made works on").isInstanceOf(Known.class);
    }

    private Made made(TokenOrder order) throws StoreUnavailableException {
        return (Made) tokens.issue(order, OWNER, by());
    }

    private By by() {
        return new By(ROOT.actor(), Optional.empty(), clock.instant());
    }

    private CallerOutcome shown(Made made) throws StoreUnavailableException {
        return shown(made, HERE);
    }

    private CallerOutcome shown(Made made, InetAddress client) throws StoreUnavailableException {
        return tokens.caller(made.token().reveal(), client, clock.instant());
    }

    private static Role roleOf(CallerOutcome outcome) {
        return ((Known) outcome).caller().role();
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason, Optional.empty());
    }

    private List<String> kinds() throws StoreUnavailableException {
        return entries().stream().map(AuditEntry::kind).toList();
    }

    private List<AuditEntry> entries() throws StoreUnavailableException {
        return store.trail().after(0, AuditFilter.ALL, 100);
    }
}

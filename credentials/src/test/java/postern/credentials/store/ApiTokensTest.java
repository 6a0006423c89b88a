package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static postern.credentials.Permission.APP_PASSWORDS_REVOKE;
import static postern.credentials.Permission.TOKENS_WRITE;
import static postern.credentials.Permission.USERS_READ;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
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
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenState;
import postern.credentials.administration.TokenUses;
import postern.credentials.audit.AuditEntry;

/** Who may open the admin API, for how long, and that it ends (§5.5). */
@ParameterizedClass
@EnumSource
class ApiTokensTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");

    private final TokenStage stage;
    private final SampleStore store;
    private final SqlApiTokens rows;
    private final MovedClock clock;
    private final TokenUses uses;
    private final ApiTokens tokens;

    ApiTokensTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.stage = TokenStage.on(engine, folder);
        this.store = stage.store();
        this.rows = stage.rows();
        this.clock = stage.clock();
        this.uses = stage.uses();
        this.tokens = stage.tokens();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aTokenOpensWhatItsRoleMay() throws Exception {
        Made made = stage.made(TokenOrder.of(" Ada's laptop ", Role.SUPPORT));

        assertThat(made.toString()).doesNotContain(made.token().reveal());
        assertThat(made.made().name()).isEqualTo("Ada's laptop");
        assertThat(made.made().expiresAt()).isEqualTo(MONDAY.plus(Duration.ofDays(90)));
        assertThat(tokens.get(made.made().id())).contains(made.made());
        assertThat(stage.shown(made))
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
        Made made = stage.made(order);

        assertThat(tokens.get(made.made().id())).contains(made.made());
        assertThat(stage.shown(made))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.caller().permissions())
                                .containsExactlyInAnyOrder(USERS_READ, APP_PASSWORDS_REVOKE));
        assertThat(stage.shown(made, InetAddress.ofLiteral("198.51.100.1")))
                .isEqualTo(new Refused(
                        Reason.OTHER_NETWORK, Optional.of(made.made().id())));
        assertThat(stage.shown(made, InetAddress.ofLiteral("2001:db8::1"))).isInstanceOf(Known.class);
    }

    @Test
    void whatIsNoneIsKnownAtOnceAndAStrangersIsNobodys() throws Exception {
        String text = stage.made(TokenOrder.of("x", Role.OWNER)).token().reveal();
        store.database().change(sql -> sql.execute("DELETE FROM api_tokens"));

        assertThat(tokens.caller(text, HERE, clock.instant())).isEqualTo(refused(Reason.UNKNOWN));
        store.database().close(); // from here on, whoever asks it fails
        assertThat(tokens.caller(text + "x", HERE, clock.instant())).isEqualTo(refused(Reason.NO_TOKEN));
        assertThat(tokens.caller("", HERE, clock.instant())).isEqualTo(refused(Reason.NO_TOKEN));
    }

    @Test
    void whoIsKnownCostsNoLookIntoTheStoreUntilSomethingIsRevoked() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));
        Made other = stage.made(TokenOrder.of("y", Role.OWNER));
        stage.shown(made);
        store.database().change(sql -> sql.execute("UPDATE api_tokens SET role = 'AUDITOR'"));

        assertThat(roleOf(stage.shown(made))).as("as it was read").isEqualTo(Role.OWNER);
        tokens.revoke(other.made().id(), ROOT);
        assertThat(roleOf(stage.shown(made))).as("as it is").isEqualTo(Role.AUDITOR);
    }

    @Test
    void whatIsRevokedOpensNothingAnyMoreOnNoNode() throws Exception {
        ApiTokens elsewhere = new ApiTokens(rows, uses, TokenStage.LIFE, new SecureRandom(), Ticker.systemTicker());
        store.feed().listen(elsewhere::heard);
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));
        assertThat(stage.shown(made)).isInstanceOf(Known.class);
        assertThat(elsewhere.caller(made.token().reveal(), HERE, clock.instant()))
                .isInstanceOf(Known.class);

        assertThat(tokens.revoke(made.made().id(), ROOT)).isTrue();

        Refused revoked = new Refused(Reason.REVOKED, Optional.of(made.made().id()));
        assertThat(stage.shown(made)).isEqualTo(revoked);
        assertThat(elsewhere.caller(made.token().reveal(), HERE, clock.instant()))
                .isEqualTo(revoked);
        assertThat(tokens.revoke(made.made().id(), ROOT)).isFalse();
        assertThat(tokens.revoke(new ApiTokenId("tok_0000000000000000"), ROOT)).isFalse();
    }

    @Test
    void noneLivesForEver() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(7))));

        clock.pass(Duration.ofDays(7).minusMillis(1));
        assertThat(stage.shown(made)).isInstanceOf(Known.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(stage.shown(made))
                .isEqualTo(new Refused(Reason.EXPIRED, Optional.of(made.made().id())));

        for (Duration never : List.of(Duration.ZERO, Duration.ofDays(365).plusMillis(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> stage.made(TokenOrder.of("x", Role.OWNER)
                            .withExpiresAt(clock.instant().plus(never))))
                    .withMessageContaining("expires_at: ")
                    .withMessageContaining("(expected: ");
        }
    }

    @Test
    void whatNobodyUsesIsSuspendedAndWhatIsUsedIsNot() throws Exception {
        Made used = stage.made(TokenOrder.of("x", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(365))));
        Made unused = stage.made(TokenOrder.of("y", Role.OWNER).withExpiresAt(MONDAY.plus(Duration.ofDays(365))));

        clock.pass(Duration.ofDays(60));
        stage.shown(used);
        uses.close(); // writes what is left
        assertThat(tokens.get(used.made().id()).flatMap(ApiTokenRecord::lastUse))
                .hasValueSatisfying(use -> {
                    assertThat(use.at()).isEqualTo(clock.instant());
                    assertThat(use.client()).contains(HERE);
                });
        clock.pass(Duration.ofDays(30));

        ApiTokens later = new ApiTokens(rows, uses, TokenStage.LIFE, new SecureRandom(), Ticker.systemTicker());
        assertThat(later.caller(used.token().reveal(), HERE, clock.instant())).isInstanceOf(Known.class);
        assertThat(stage.shown(unused))
                .isEqualTo(
                        new Refused(Reason.SUSPENDED, Optional.of(unused.made().id())));
        assertThat(tokens.rotate(unused.made().id(), Duration.ZERO, TokenStage.OWNER, stage.by()))
                .isInstanceOf(Made.class);
    }

    @Test
    void anotherTakesItsPlaceAndTheOldOneMayOverlap() throws Exception {
        Made old = stage.made(TokenOrder.of("x", Role.SUPPORT).withExpiresAt(MONDAY.plus(Duration.ofDays(30))));
        clock.pass(Duration.ofDays(10));

        Made next = (Made) tokens.rotate(old.made().id(), Duration.ofDays(2), TokenStage.OWNER, stage.by());

        assertThat(next.made().role()).isEqualTo(Role.SUPPORT);
        assertThat(next.made().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(tokens.get(old.made().id()).flatMap(ApiTokenRecord::rotatedTo))
                .contains(next.made().id());
        assertThat(stage.shown(old)).isInstanceOf(Known.class);
        assertThat(stage.shown(next)).isInstanceOf(Known.class);
        assertThat(tokens.rotate(old.made().id(), Duration.ZERO, TokenStage.OWNER, stage.by()))
                .as("once")
                .isInstanceOf(NotToBeRotated.class);
        clock.pass(Duration.ofDays(2));
        assertThat(stage.shown(old)).isInstanceOf(Refused.class);
        assertThat(stage.shown(next)).isInstanceOf(Known.class);
    }

    @Test
    void withoutAnOverlapTheOldOneEndsAtOnce() throws Exception {
        Made old = stage.made(TokenOrder.of("x", Role.OWNER));
        assertThat(stage.shown(old)).isInstanceOf(Known.class);

        assertThat(tokens.rotate(old.made().id(), Duration.ZERO, TokenStage.OWNER, stage.by()))
                .isInstanceOf(Made.class);

        assertThat(stage.shown(old))
                .isEqualTo(new Refused(Reason.EXPIRED, Optional.of(old.made().id())));
    }

    @Test
    void whatEndedIsNotBroughtBackByAnother() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));
        tokens.revoke(made.made().id(), ROOT);
        ApiTokenId nobodys = new ApiTokenId("tok_0000000000000000");

        assertThat(tokens.rotate(made.made().id(), Duration.ZERO, TokenStage.OWNER, stage.by()))
                .isInstanceOfSatisfying(
                        NotToBeRotated.class,
                        not -> assertThat(not.asItIs().state(MONDAY)).isEqualTo(TokenState.REVOKED));
        assertThat(tokens.rotate(nobodys, Duration.ZERO, TokenStage.OWNER, stage.by()))
                .isEqualTo(new NoSuchToken(nobodys));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.rotate(nobodys, Duration.ofDays(8), TokenStage.OWNER, stage.by()))
                .withMessageContaining("0 to 7 days");
    }

    @Test
    void whoFindsATokenEndsItAndNeverHearsWhetherItWasOne() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));
        By finder = By.system("leak report", MONDAY);

        tokens.leaked("not a token", finder);
        tokens.leaked(made.token().reveal() + "\n", finder);
        tokens.leaked(made.token().reveal(), finder);

        assertThat(stage.shown(made))
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
        Made all = stage.made(TokenOrder.of("all", Role.OWNER));
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
        Made made = stage.made(TokenOrder.of("x", Role.OWNER).withScopes(Set.of(USERS_READ, TOKENS_WRITE)));
        store.database()
                .change(sql -> sql.execute(
                        "UPDATE api_tokens SET role = 'SUPPORT', scopes = 'users:read tokens:write moon:land'"));

        assertThat(stage.shown(made))
                .isInstanceOfSatisfying(
                        Known.class,
                        known -> assertThat(known.caller().permissions()).containsExactly(USERS_READ));
    }

    private static Role roleOf(CallerOutcome outcome) {
        return ((Known) outcome).caller().role();
    }

    private static Refused refused(Reason reason) {
        return new Refused(reason, Optional.empty());
    }

    private List<String> kinds() throws StoreUnavailableException {
        return stage.entries().stream().map(AuditEntry::kind).toList();
    }
}

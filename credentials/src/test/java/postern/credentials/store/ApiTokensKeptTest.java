package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.Permission.USERS_READ;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
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
import postern.credentials.ApiTokenId;
import postern.credentials.By;
import postern.credentials.Role;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.CallerOutcome.Known;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenOrder;
import postern.credentials.audit.AuditEntry;

/** What is kept of the tokens of the admin API, and for how long. */
@ParameterizedClass
@EnumSource
class ApiTokensKeptTest {

    private final TokenStage stage;
    private final ApiTokens tokens;

    ApiTokensKeptTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.stage = TokenStage.on(engine, folder);
        this.tokens = stage.tokens();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void addressesAreForgottenAndTheTimeStays() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));
        stage.shown(made);
        stage.uses().close();

        assertThat(stage.rows().forgetClients(MONDAY.plusMillis(1))).isEqualTo(1);
        assertThat(stage.rows().forgetClients(MONDAY.plusMillis(1))).isZero();
        assertThat(tokens.get(made.made().id()).flatMap(ApiTokenRecord::lastUse))
                .hasValueSatisfying(use -> {
                    assertThat(use.at()).isEqualTo(MONDAY);
                    assertThat(use.client()).isEmpty();
                });
    }

    @Test
    void pagesAreReadByKey() throws Exception {
        for (int i = 0; i < 5; i++) {
            stage.made(TokenOrder.of("x", Role.OWNER));
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
        stage.made(TokenOrder.of("x", Role.SUPPORT));
        stage.made(TokenOrder.of("x", Role.OWNER).withScopes(Set.of(USERS_READ)));
        assertThat(tokens.hadOwner()).isFalse();

        Made first = stage.made(TokenOrder.of("x", Role.OWNER));
        tokens.revoke(first.made().id(), ROOT);

        assertThat(tokens.hadOwner()).isTrue();
    }

    /** E-01 */
    @Test
    void everyChangeIsTold() throws Exception {
        Made made = stage.made(TokenOrder.of("Ada's", Role.SUPPORT).withScopes(Set.of(USERS_READ)));
        Made next = (Made) tokens.rotate(made.made().id(), Duration.ofDays(1), TokenStage.OWNER, stage.by());
        tokens.revoke(next.made().id(), ROOT);

        assertThat(stage.entries().stream().map(AuditEntry::kind))
                .containsExactly("admin.token_created", "admin.token_rotated", "admin.token_revoked");
        assertThat(stage.entries().getFirst().facts())
                .isEqualTo(Map.of(
                        "token",
                        made.made().id().value(),
                        "role",
                        "support",
                        "after",
                        "users:read",
                        "expires_at",
                        made.made().expiresAt().toString()));
        assertThat(stage.entries().get(1).facts())
                .containsEntry("next", next.made().id().value())
                .containsEntry("works_until", MONDAY.plus(Duration.ofDays(1)).toString());
        assertThat(stage.entries().toString())
                .doesNotContain(made.token().reveal(), next.token().reveal(), "Ada's");
    }

    @Test
    void whoReadsTheTableHasNoToken() throws Exception {
        Made made = stage.made(TokenOrder.of("x", Role.OWNER));

        String everything = stage.store()
                .database()
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
        stage.store().accounts().add(Account.person(ADA, MONDAY), ROOT);
        Made made = (Made) tokens.issue(TokenOrder.of("x", Role.OWNER), Caller.of(ada.actor(), Role.OWNER), ada);
        assertThat(new KeptOfPerson(stage.store().changes()).madeTokens(ADA)).containsExactly(made.made());

        stage.store().accounts().erase(ADA, ROOT);

        assertThat(tokens.get(made.made().id()).flatMap(ApiTokenRecord::createdBy))
                .isEmpty();
        assertThat(new KeptOfPerson(stage.store().changes()).madeTokens(ADA)).isEmpty();
        assertThat(stage.shown(made)).as("what they made works on").isInstanceOf(Known.class);
    }
}

package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.BOB;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.secret;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.SampleGrants;

/** What opens mailboxes upstream is told of and taken back, and never told. */
class GrantRoutesTest {

    private static final String ADAS = "/v1/users/ada@example.org/grants";

    private final SampleStore store = SampleStore.with();
    private final RunningAdmin admin = new RunningAdmin(store);

    @BeforeEach
    void give() throws Exception {
        give(ADA);
        give(BOB);
    }

    private void give(LoginName owner) throws Exception {
        SampleGrants.put(admin.vault(), owner, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), Optional.empty());
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void everybodysAreListedPageByPage() throws Exception {
        HttpResponse<String> first = admin.get("/v1/grants?page_size=1");
        JsonNode second = json(admin.get("/v1/grants?page_size=1&page_token="
                + json(first).path("next_page_token").textValue()));

        assertThat(json(first).at("/grants/0/mailbox").textValue()).isEqualTo(ADA.value());
        assertThat(second.at("/grants/0/mailbox").textValue()).isEqualTo(BOB.value());
        assertThat(second.path("next_page_token").textValue()).isEmpty();
        assertThat(first.body()).doesNotContain(CANARY);
    }

    @Test
    void whatIsRevokedOpensNothingAndIsRevokedOnce() throws Exception {
        assertThat(admin.delete(ADAS + "/" + CONTOSO).statusCode()).isEqualTo(204);

        assertThat(admin.vault().open(ADA, CONTOSO)).isEmpty();
        assertThat(admin.vault().find(ADA, CONTOSO).orElseThrow().state()).isEqualTo(GrantState.REVOKED);
        assertThat(json(admin.get(ADAS)).at("/grants/0/state").textValue()).isEqualTo("revoked");
        problem(admin.delete(ADAS + "/" + CONTOSO), 404, "grant-not-found");
        problem(admin.delete(ADAS + "/nowhere"), 404, "grant-not-found");
        problem(admin.delete("/v1/users/eve/grants/" + CONTOSO), 404, "user-not-found");
        assertThat(admin.get("/v1/audit-events?kind=grant.revoked").body()).contains(RunningAdmin.TOKEN_ID.value());
    }

    @Test
    void nobodyRevokesThatOfSomebodyAbove() throws Exception {
        String administrator = admin.tokenOf(Role.ADMINISTRATOR);
        store.accounts().revise(ADA, ada -> ada.withRole(Optional.of(Role.OWNER)), ROOT);

        problem(
                admin.send(admin.request(ADAS + "/" + CONTOSO)
                        .setHeader("Authorization", "Bearer " + administrator)
                        .DELETE()),
                403,
                "out-of-reach");
        assertThat(admin.vault().open(ADA, CONTOSO)).isPresent();
    }
}

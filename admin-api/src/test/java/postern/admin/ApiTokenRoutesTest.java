package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.SampleStore;

class ApiTokenRoutesTest {

    private static final String ALL = "/v1/api-tokens";

    private final SampleStore store = SampleStore.with();
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    private HttpResponse<String> getWith(String token, String path) throws Exception {
        return admin.send(admin.request(path).setHeader("Authorization", "Bearer " + token));
    }

    @Test
    void aTokenIsToldOnceAndOpensWhatItsScopesSay() throws Exception {
        HttpResponse<String> made =
                admin.post(ALL, "{\"name\": \"Import\", \"role\": \"automation\", \"scopes\": [\"users:read\"]}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String secret = json(made).path("secret").textValue();
        String location = made.headers().firstValue("Location").orElseThrow();

        assertThat(getWith(secret, "/v1/users").statusCode()).isEqualTo(200);
        problem(getWith(secret, ALL), 403, "forbidden");
        JsonNode read = json(admin.get(location));
        assertThat(read.path("state").textValue()).isEqualTo("active");
        assertThat(read.path("scopes")).hasToString("[\"users:read\"]");
        assertThat(read.has("secret")).isFalse();
        assertThat(admin.get(ALL + "?page_size=1").body()).doesNotContain(secret);
    }

    @Test
    void whoFindsATokenPutsAnEndToItAndHearsNothingOfIt() throws Exception {
        String found = json(admin.post(ALL, "{\"name\": \"Import\", \"role\": \"support\"}"))
                .path("secret")
                .textValue();
        assertThat(getWith(found, "/v1/users").statusCode()).isEqualTo(200);

        HttpResponse<String> heard = reportLeak("{\"token\": \"" + found + "\"}");
        HttpResponse<String> ofNone = reportLeak("{\"token\": \"pst_" + "0".repeat(36) + "\"}");

        assertThat(List.of(heard.statusCode(), ofNone.statusCode())).containsOnly(204);
        problem(getWith(found, "/v1/users"), 401, "unauthorized");
        assertThat(admin.get("/v1/audit-events?page_size=1").body())
                .contains("\"admin.token_leaked\"", "leak report")
                .doesNotContain(found);
        problem(reportLeak("{}"), 400, "malformed-request");
        problem(reportLeak("{\"token\": 1}"), 400, "malformed-request");
    }

    private HttpResponse<String> reportLeak(String body) throws Exception {
        return admin.post("none", ALL + ":report-leak", body);
    }

    @Test
    void strangersAreToldToComeBackLater() throws Exception {
        try (RunningAdmin slow = RunningAdmin.paced(store, 1)) {
            slow.post("none", ALL + ":report-leak", "{\"token\": \"x\"}");

            HttpResponse<String> oneTooMany = slow.post("none", ALL + ":report-leak", "{\"token\": \"x\"}");

            problem(oneTooMany, 429, "too-many-requests");
            assertThat(oneTooMany.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void aTokenIsRotatedAndRevoked() throws Exception {
        HttpResponse<String> made = admin.post(ALL, "{\"name\": \"Desk\", \"role\": \"support\"}");
        String old = json(made).path("secret").textValue();
        String location = made.headers().firstValue("Location").orElseThrow();

        HttpResponse<String> rotated = admin.post(location + ":rotate", "{}");
        String fresh = json(rotated).path("secret").textValue();
        problem(getWith(old, "/v1/users"), 401, "unauthorized");
        assertThat(getWith(fresh, "/v1/users").statusCode()).isEqualTo(200);
        problem(admin.post(location + ":rotate", "{}"), 409, "api-token-not-to-be-rotated");

        String next = rotated.headers().firstValue("Location").orElseThrow();
        assertThat(admin.delete(next).statusCode()).isEqualTo(204);
        problem(getWith(fresh, "/v1/users"), 401, "unauthorized");
        problem(admin.delete(next), 404, "api-token-not-found");
    }

    @Test
    void whatCannotBeIsSaid() throws Exception {
        problem(admin.post(ALL, "{\"name\": \"x\", \"role\": \"automation\"}"), 400, "malformed-request");
        problem(admin.post(ALL, "{\"name\": \"x\", \"role\": \"root\"}"), 400, "malformed-request");
        problem(
                admin.post(ALL, "{\"name\": \"x\", \"role\": \"support\", \"scopes\": [\"keys:write\"]}"),
                400,
                "malformed-request");
        problem(
                admin.post(ALL, "{\"name\": \"x\", \"role\": \"support\", \"expires_at\": \"2099-01-01T00:00:00Z\"}"),
                400,
                "malformed-request");
        problem(admin.post(ALL + "/tok_0000000000000009:rotate", "{}"), 404, "api-token-not-found");
        problem(
                admin.post(ALL + "/" + RunningAdmin.TOKEN_ID + ":rotate", "{\"overlap\": \"P8D\"}"),
                400,
                "malformed-request");
    }
}

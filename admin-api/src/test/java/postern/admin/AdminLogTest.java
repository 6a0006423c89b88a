package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.SCANNER;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditFilter;

/** The access line is written when the answer has left, so a test waits for it. */
class AdminLogTest {

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    static List<String> linesOf(RunningAdmin admin, int expected) {
        return await().until(
                        () -> admin.log().lines().stream()
                                .filter(line -> line.contains("admin request"))
                                .toList(),
                        lines -> lines.size() >= expected);
    }

    private String onlyLine() {
        List<String> lines = linesOf(admin, 1);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    @Test
    void aRequestIsOneLineFoundByItsId() throws Exception {
        HttpResponse<String> found = admin.get("/v1/users/Ada%40example.org?secret=xyzzy");

        assertThat(onlyLine())
                .contains("request_id="
                        + found.headers().firstValue("X-Request-Id").orElseThrow())
                .contains("method=GET")
                .contains("path=/v1/users/ada@example.org ")
                .contains("status=400")
                .contains("outcome=malformed-request")
                .contains("client=127.0.0.1")
                .doesNotContain("xyzzy");
    }

    @Test
    void aNewAppPasswordIsTracedToItsOwnerAndId() throws Exception {
        HttpResponse<String> made = admin.post("/v1/users/ada@example.org/app-passwords", "{\"name\": \"Phone\"}");

        assertThat(onlyLine())
                .contains("status=201")
                .contains("outcome=" + made.headers().firstValue("Location").orElseThrow());
    }

    /** E-01: what an administrator did is found in the trail by the id that the log and the answer have. */
    @Test
    void theTrailHasTheSameId() throws Exception {
        HttpResponse<String> made = admin.post("/v1/users/ada@example.org/app-passwords", "{\"name\": \"Phone\"}");
        HttpResponse<String> added = admin.post("/v1/users", "{\"login_name\": \"bob@example.org\"}");
        HttpResponse<String> revoked = admin.delete("/v1/users/ada@example.org/app-passwords/" + SCANNER.id());

        assertThat(Stream.of(made, added, revoked)
                        .map(answer -> answer.headers().firstValue("X-Request-Id")))
                .containsExactlyElementsOf(store.trail().before(Long.MAX_VALUE, AuditFilter.ALL, 3).reversed().stream()
                        .map(entry -> Optional.ofNullable(entry.fields().get("request_id")))
                        .toList());
    }

    @Test
    void aRevocationIsTracedToItsOwnerAndId() throws Exception {
        admin.delete("/v1/users/ada@example.org/app-passwords/" + SCANNER.id());

        assertThat(onlyLine())
                .contains("method=DELETE")
                .contains("path=/v1/users/ada@example.org/app-passwords/apw_scanner000000001 ")
                .contains("status=204");
    }

    @Test
    void whatHasNoTokenIsALineWithoutAPath() throws Exception {
        admin.send(admin.request("/v1/users/ada@example.org").setHeader("Authorization", "Bearer wrong"));

        assertThat(onlyLine())
                .contains("path=- ")
                .contains("status=401")
                .contains("outcome=unauthorized")
                .doesNotContain("wrong")
                .doesNotContain("ada@");
    }

    @Test
    void whatIsNotUnderstoodIsNotRepeated() throws Exception {
        admin.get("/v1/users/a%22b");

        assertThat(onlyLine()).contains("path=/v1/users/{login} ").contains("outcome=malformed-request");
    }
}

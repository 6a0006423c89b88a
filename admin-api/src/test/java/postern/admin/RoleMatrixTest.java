package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.Account;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.web.Route;

/** Every role at every route: let in where its permissions say so, and nowhere else. */
class RoleMatrixTest {

    private static SampleStore store;
    private static RunningAdmin admin;

    @BeforeAll
    static void open() throws Exception {
        store = SampleStore.with();
        admin = new RunningAdmin(store);
        store.accounts().revise(ADA, ada -> ada.withRole(Optional.of(Role.ADMINISTRATOR)), ROOT);
        store.accounts().add(Account.person(new postern.credentials.LoginName("bob"), MONDAY), ROOT);
    }

    @AfterAll
    static void close() {
        admin.close();
        store.close();
    }

    private static boolean may(Role role, Permission permission) {
        return role == Role.AUTOMATION
                ? permission == Permission.USERS_READ
                : role.permissions().contains(permission);
    }

    /** Of a user and an id that are not there, so that nothing is done: who may ask hears so, and who may not hears that. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void isLetInWhereItsPermissionsSaySo(Role role) throws Exception {
        String token = admin.tokenOf(role);
        for (Route route : admin.routes()) {
            Permission needed = route.permission().orElseThrow();
            HttpResponse<String> answer = ask(token, route);
            if (may(role, needed)) {
                assertThat(answer.statusCode()).as(role + " " + route.path()).isNotIn(401, 403, 500, 503);
            } else {
                problem(answer, 403, "forbidden");
            }
        }
    }

    private static HttpResponse<String> ask(String token, Route route) throws Exception {
        String path = route.path()
                .replace("{login}", "nobody")
                .replace("{network}", "nowhere")
                .replaceAll("\\{[a-z]+}", "none");
        return admin.send(admin.request(path)
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        route.method().name(),
                        Stream.of("GET", "DELETE").anyMatch(route.method().name()::equals)
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString("{\"no_such_member\": 1}")));
    }

    @Test
    void theHelpDeskActsOnNobodyAbove() throws Exception {
        String support = admin.tokenOf(Role.SUPPORT);

        problem(post(support, "/v1/users/ada@example.org/app-passwords:revoke-all"), 403, "out-of-reach");
        assertThat(post(support, "/v1/users/bob/app-passwords:revoke-all").statusCode())
                .isEqualTo(200);
        for (String path :
                new String[] {"/v1/users/ada@example.org/familiar-sources", "/v1/holds/names/ada@example.org"}) {
            problem(
                    admin.send(admin.request(path)
                            .setHeader("Authorization", "Bearer " + support)
                            .DELETE()),
                    403,
                    "out-of-reach");
        }
    }

    private static HttpResponse<String> post(String token, String path) throws Exception {
        return admin.send(admin.request(path)
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    }

    @Test
    void onlyAnOwnerSaysWhoAdministers() throws Exception {
        problem(role(admin.tokenOf(Role.ADMINISTRATOR), "owner"), 403, "forbidden");
        assertThat(role(admin.tokenOf(Role.OWNER), "support").statusCode()).isEqualTo(200);
        assertThat(store.accounts()
                        .account(new postern.credentials.LoginName("bob"))
                        .orElseThrow()
                        .role())
                .contains(Role.SUPPORT);
    }

    private static HttpResponse<String> role(String token, String role) throws Exception {
        return admin.send(admin.request("/v1/users/bob")
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "*")
                .method("PATCH", BodyPublishers.ofString("{\"role\": \"" + role + "\"}")));
    }
}

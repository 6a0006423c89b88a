package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.json;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Account;
import postern.credentials.DeviceUse;
import postern.credentials.FamiliarSource;
import postern.credentials.Held;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SampleStore;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;

/** What there is, page by page. */
class ListsTest {

    private final SampleStore store = SampleStore.with(SCANNER);
    private final RunningAdmin admin = new RunningAdmin(store);

    @AfterEach
    void close() {
        admin.close();
    }

    private List<String> all(String path, String list, String member) throws Exception {
        List<String> seen = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = json(admin.get(path + (token.isEmpty() ? "" : "&page_token=" + token)));
            page.path(list).forEach(one -> seen.add(one.path(member).textValue()));
            token = page.path("next_page_token").textValue();
        } while (!token.isEmpty());
        return seen;
    }

    @Test
    void usersComePageByPageAndWhatIsAddedMeanwhileShiftsNothing() throws Exception {
        for (int i = 0; i < 7; i++) {
            store.accounts().add(Account.person(new LoginName("user" + i + "@example.org"), MONDAY), ROOT);
        }
        JsonNode first = json(admin.get("/v1/users?page_size=3"));
        assertThat(first.path("users")).hasSize(3);
        store.accounts().add(Account.person(new LoginName("aaron@example.org"), MONDAY), ROOT);

        JsonNode second = json(admin.get("/v1/users?page_size=3&page_token="
                + first.path("next_page_token").textValue()));
        assertThat(second.path("users").path(0).path("login_name").textValue()).isEqualTo("user2@example.org");
        assertThat(all("/v1/users?page_size=2", "users", "login_name"))
                .hasSize(9)
                .doesNotHaveDuplicates();
        assertThat(all("/v1/users?q=USER3", "users", "login_name")).containsExactly("user3@example.org");
        assertThat(all("/v1/users?kind=device", "users", "login_name")).isEmpty();
    }

    @Test
    void aPageTokenIsForTheListThatItCameWith() throws Exception {
        store.accounts().add(Account.person(new LoginName("bob"), MONDAY), ROOT);
        String token =
                json(admin.get("/v1/users?page_size=1")).path("next_page_token").textValue();

        problem(admin.get("/v1/users?page_size=1&kind=person&page_token=" + token), 400, "malformed-request");
        problem(admin.get("/v1/users?page_token=nonsense"), 400, "malformed-request");
        problem(admin.get("/v1/users?page_size=0"), 400, "malformed-request");
        assertThat(admin.get("/v1/users?page_size=100000").statusCode()).isEqualTo(200);
    }

    /** The first bytes are right: anybody can work them out. */
    @Test
    void aPageTokenThatSomebodyMadeUpIsAMistakeOfTheirs() throws Exception {
        byte[] question = MessageDigest.getInstance("SHA-256").digest("{}".getBytes(StandardCharsets.US_ASCII));
        byte[] key = "nonsense".getBytes(StandardCharsets.US_ASCII);
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(16).put(question, 0, 8).put(key).array());

        assertThat(admin.get("/v1/users?page_token=" + token).statusCode()).isEqualTo(200);
        for (String list : new String[] {"api-tokens", "audit-events", "jobs"}) {
            problem(admin.get("/v1/" + list + "?page_token=" + token), 400, "malformed-request");
        }
    }

    @Test
    void holdsAreListedAndForgiven() throws Exception {
        store.holds()
                .began(List.of(
                        new SharedHold(Held.name(ADA), 1, MONDAY.plusSeconds(900)),
                        new SharedHold(Held.source(SourceNetwork.parse("192.0.2.0/24")), 2, MONDAY.plusSeconds(900))));

        assertThat(all("/v1/holds?page_size=1", "holds", "subject"))
                .containsExactlyInAnyOrder("ada@example.org", "192.0.2.0/24");
        assertThat(all("/v1/holds?kind=source", "holds", "subject")).containsExactly("192.0.2.0/24");
        assertThat(admin.delete("/v1/holds/names/ada@example.org").statusCode()).isEqualTo(204);
        assertThat(admin.delete("/v1/holds/sources/192.0.2.0%2F24").statusCode())
                .isEqualTo(204);
        assertThat(json(admin.get("/v1/holds")).path("holds")).isEmpty();
    }

    @Test
    void familiarSourcesAreListedAndForgotten() throws Exception {
        store.familiarSources().seen(Map.of(new FamiliarSource(ADA, SourceNetwork.parse("192.0.2.7")), MONDAY), 40);

        assertThat(all("/v1/users/ada@example.org/familiar-sources?page_size=1", "familiar_sources", "network"))
                .containsExactly("192.0.2.7/32");
        assertThat(json(admin.delete("/v1/users/ada@example.org/familiar-sources"))
                        .path("cleared")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void whatWasDoneIsFoundByWhoItIsAboutAndProven() throws Exception {
        admin.post("/v1/users/ada@example.org/app-passwords", "{\"name\": \"Phone\"}");

        JsonNode events = json(admin.get("/v1/audit-events?subject=ada@example.org&kind=app_password.created"))
                .path("audit_events");
        assertThat(events.path(0).path("actor_kind").textValue()).isEqualTo("token");
        assertThat(events.path(0).path("actor_name").textValue()).isEqualTo(RunningAdmin.TOKEN_ID.value());
        assertThat(all("/v1/audit-events?page_size=1", "audit_events", "event_id"))
                .hasSizeGreaterThan(2)
                .doesNotHaveDuplicates();
        JsonNode proof = json(admin.post("/v1/audit-events:verify", "{}"));
        assertThat(proof.path("intact").booleanValue()).isTrue();
        problem(admin.get("/v1/audit-events?kind=nothing"), 400, "malformed-request");
        problem(admin.get("/v1/audit-events?from=yesterday"), 400, "malformed-request");
    }

    @Test
    void whatIsUnusedIsReported() throws Exception {
        String then = MONDAY.plus(Duration.ofDays(1)).toString();
        assertThat(all("/v1/reports/unused-app-passwords?unused_since=" + then, "app_passwords", "id"))
                .containsExactly(SCANNER.id().value());
        assertThat(all(
                        "/v1/reports/unused-app-passwords?domain=example.net&unused_since=" + then,
                        "app_passwords",
                        "id"))
                .isEmpty();
        assertThat(json(admin.get("/v1/reports/login-failures")).path("login_failures"))
                .isEmpty();
        assertThat(json(admin.get("/v1/reports/stale-secrets")).path("stale_secrets"))
                .isEmpty();
        assertThat(json(admin.get("/v1/reports/legacy-tls")).path("legacy_tls")).isEmpty();
    }

    @Test
    void devicesAreListedByWhatIsSaidOfThem() throws Exception {
        DeviceUse phone = new DeviceUse(MONDAY, "iPhone 4", Optional.of("12.1"));
        DeviceUse outlook = new DeviceUse(MONDAY, "Outlook 14", Optional.empty());
        store.deviceUses()
                .used(
                        Map.of(
                                new DeviceUse.Key(SCANNER.id(), Protocol.ACTIVESYNC, "iPhone 4"),
                                phone,
                                new DeviceUse.Key(SCANNER.id(), Protocol.IMAP, "Outlook"),
                                outlook),
                        10);

        assertThat(all("/v1/reports/devices?page_size=1", "devices", "device"))
                .containsExactly("iPhone 4", "Outlook 14");
        assertThat(all("/v1/reports/devices?user=ada@example.org&speaks=2.5,12.1", "devices", "device"))
                .containsExactly("iPhone 4");
        assertThat(all("/v1/reports/devices?app_password=" + SCANNER.id(), "devices", "device"))
                .hasSize(2);
        assertThat(all("/v1/reports/devices?user=eve", "devices", "device")).isEmpty();
        problem(admin.get("/v1/reports/devices?speaks=new"), 400, "malformed-request");
        problem(admin.get("/v1/reports/devices?app_password=x"), 400, "malformed-request");
    }

    @Test
    void keysAreToldOfByTheirIdsAlone() throws Exception {
        JsonNode keys = json(admin.get("/v1/keys")).path("keys");

        assertThat(keys).hasSize(2);
        assertThat(keys.path(0).path("ring").textValue()).isEqualTo("pepper");
        assertThat(keys.path(0).path("active").booleanValue()).isTrue();
        assertThat(keys.path(1).path("active").booleanValue()).isFalse();
        assertThat(keys)
                .allSatisfy(key -> assertThat(key.path("id").textValue()).matches("[0-9a-f]{8}"));
    }

    @Test
    void aNodeSaysWhatItIs() throws Exception {
        assertThat(json(admin.get("/v1/system")))
                .hasToString("{\"version\":\"1.2.3\",\"node\":\"here\",\"store\":\"sqlite\",\"started_at\":\"" + MONDAY
                        + "\"}");
    }

    @Test
    void sessionsThatAreNotThereCannotBeEnded() throws Exception {
        assertThat(json(admin.get("/v1/sessions")).path("sessions")).isEmpty();
        problem(admin.delete("/v1/sessions/ses_0000000000000000"), 404, "session-not-found");
        problem(admin.post("/v1/sessions:end", "{}"), 400, "malformed-request");
        assertThat(json(admin.post("/v1/sessions:end", "{\"user\": \"ada@example.org\"}"))
                        .path("ended")
                        .intValue())
                .isZero();
    }
}

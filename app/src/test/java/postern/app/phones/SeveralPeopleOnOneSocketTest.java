package postern.app.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.WRONG_SECRET;
import static postern.proxy.http.Documents.folders;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.LoginName;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.FakeExchange.Heard;
import postern.proxy.http.HttpAnswer;

/** Trap 20: a connection is nobody's, a request is somebody's. */
class SeveralPeopleOnOneSocketTest {

    private static final LoginName GRACE = new LoginName("grace@example.org");
    private static final int ROUNDS = 100;

    private static PhoneServer house;
    private static String adas;
    private static String graces;

    private ActiveSyncPhone phone;
    private int before;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        house = PhoneServer.start(folder, "");
        house.exchange().withoutRules();
        adas = house.welcome(ADA, house.server().issue(ADA)).secret();
        graces = house.welcome(GRACE, house.server().newcomer(GRACE)).secret();
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @BeforeEach
    void connect() throws Exception {
        before = house.exchange().heard().size();
        phone = house.phone();
    }

    @AfterEach
    void hangUp() throws Exception {
        phone.close();
    }

    @Test
    void whoShowsNothingIsNotWhoCameBeforeAndNobodySeesWhatIsAnothers() throws Exception {
        assertThat(inbox(phone.as(ADA.value(), adas))).isEqualTo("Inbox of " + ADA);
        assertRefused(phone.asNobody());
        assertThat(inbox(phone.as(GRACE.value(), graces))).isEqualTo("Inbox of " + GRACE);
        assertRefused(phone.asNobody());
        assertThat(inbox(phone.as(ADA.value(), adas))).isEqualTo("Inbox of " + ADA);

        assertThat(heard().stream().map(SeveralPeopleOnOneSocketTest::whose))
                .containsExactly(ADA.value(), GRACE.value(), ADA.value());
        assertThat(heard().stream().map(Heard::connection).distinct())
                .as("all of them over one socket to the mail server")
                .hasSize(1);
    }

    @Test
    void inWhateverOrderTheyComeEachIsAskedAnew() throws Exception {
        Random order = new Random(20);
        for (int i = 0; i < ROUNDS; i++) {
            switch (order.nextInt(4)) {
                case 0 -> assertThat(inbox(phone.as(ADA.value(), adas))).isEqualTo("Inbox of " + ADA);
                case 1 -> assertThat(inbox(phone.as(GRACE.value(), graces))).isEqualTo("Inbox of " + GRACE);
                case 2 -> assertRefused(phone.asNobody());
                default -> assertRefused(phone.as(ADA.value(), "").naming(ADA.value()));
            }
        }
    }

    @Test
    void whatWasAskedBehindOneAnotherIsAnsweredToEach() throws Exception {
        for (String person : List.of(ADA.value(), GRACE.value())) {
            phone.as(person, person.equals(ADA.value()) ? adas : graces).begin("FolderSync", folders("0"));
            phone.asNobody().begin("FolderSync", folders("0"));
        }

        assertThat(name(phone.answer())).isEqualTo("Inbox of " + ADA);
        assertThat(phone.answer().status()).isEqualTo(401);
        assertThat(name(phone.answer())).isEqualTo("Inbox of " + GRACE);
        assertThat(phone.answer().status()).isEqualTo(401);
    }

    @Test
    void theSecretOfOneIsNotThatOfAnother() throws Exception {
        assertThat(inbox(phone.as(ADA.value(), adas))).isEqualTo("Inbox of " + ADA);
        assertRefused(phone.as(GRACE.value(), adas));
        assertRefused(phone.as(ADA.value(), WRONG_SECRET));
        assertRefused(phone.as(ADA.value(), graces));

        assertThat(heard()).hasSize(1);
    }

    @Test
    void nobodyAsksForTheMailOfAnotherInAnyForm() throws Exception {
        phone.as(ADA.value(), adas).naming(GRACE.value());
        for (ActiveSyncPhone.Form form : ActiveSyncPhone.Form.values()) {
            HttpAnswer answer = phone.asking(form).ask("FolderSync", folders("0"));

            assertThat(answer.status()).as(form.toString()).isEqualTo(403);
        }
        assertThat(heard()).isEmpty();
    }

    private List<Heard> heard() {
        List<Heard> all = house.exchange().heard();
        return all.subList(before, all.size());
    }

    private static String inbox(ActiveSyncPhone asking) throws Exception {
        return name(asking.ask("FolderSync", folders("0")));
    }

    private static String name(HttpAnswer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.document().find("FolderHierarchy:DisplayName").orElseThrow();
    }

    private static void assertRefused(ActiveSyncPhone asking) throws Exception {
        HttpAnswer answer = asking.ask("FolderSync", folders("0"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.head().first("WWW-Authenticate").orElse("")).startsWith("Basic ");
        assertThat(answer.body()).isEmpty();
    }

    private static String whose(Heard heard) {
        String shown = heard.head().first("Authorization").orElse("");
        return List.of(ADA.value(), GRACE.value()).stream()
                .filter(person -> shown.equals(ActiveSyncPhone.basic(person + "*m", "secret", StandardCharsets.UTF_8)))
                .findFirst()
                .orElse(shown);
    }
}

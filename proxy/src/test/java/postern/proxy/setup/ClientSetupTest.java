package postern.proxy.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.setup.SampleSetupLinks;

/** What holds for all that is asked. */
@Timeout(60)
class ClientSetupTest {

    private static final List<String> PATHS = List.of(
            SetupPath.POX,
            SetupPath.JSON,
            SetupPath.JSON_OF + "ada@example.org",
            "/mail/config-v1.1.xml",
            "/.well-known/autoconfig/mail/config-v1.1.xml",
            SetupPath.PROFILE,
            SetupPath.LINKS + "x");

    private static final SetupHouse HOUSE = new SetupHouse();

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /autodiscover/autodiscover.xml, POST",
        "PUT, /autodiscover/autodiscover.json, GET",
        "POST, /mail/config-v1.1.xml, GET",
        "DELETE, /setup/apple.mobileconfig, 'GET, POST'",
        "HEAD, /setup/links/x, GET",
        "OPTIONS, /setup/links/x, GET"
    })
    void anotherMethodHearsWhichOnesThereAre(String method, String path, String allow) throws Exception {
        HttpResponse<String> answer = HOUSE.method(method, path);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains(allow);
    }

    /** Also not to a page of somebody else's, which reads what its visitor may. */
    @Test
    void nothingIsKeptOnTheWayAndNobodyIsAskedForAPassword() throws Exception {
        for (String path : PATHS) {
            for (String method : List.of("GET", "POST", "OPTIONS")) {
                assertThat(HOUSE.method(method, path).headers().map())
                        .containsEntry("cache-control", List.of("no-store"))
                        .containsEntry("x-content-type-options", List.of("nosniff"))
                        .doesNotContainKeys("www-authenticate", "set-cookie")
                        .allSatisfy((name, _) -> assertThat(name).doesNotStartWith("access-control"));
            }
        }
    }

    @Test
    void whatIsServedIsAListAndTheRestIsNotFound() throws Exception {
        ClientSetup setup = new ClientSetup(
                SetupHouse.settings(),
                _ -> {
                    throw new AssertionError("nobody logs in");
                },
                SampleSetupLinks.on(HOUSE.store, HOUSE.clock),
                Runnable::run);

        assertThat(PATHS).allMatch(setup::serves);
        for (String path : List.of(
                "/",
                "/autodiscover",
                "/autodiscover/autodiscover.xml/x",
                "/autodiscover/autodiscover.svc",
                "/mail/",
                "/setup/")) {
            assertThat(setup.serves(path)).as(path).isFalse();
            assertThat(HOUSE.get(path).statusCode()).isEqualTo(404);
        }
    }

    /** What somebody calls themselves stands nowhere but where it belongs, and there as text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>@example.org",
                "a<b@example.org",
                "a\"b@example.org",
                "a\r\nSet-Cookie: x@example.org",
                "a\u0000b@example.org",
                "a\u2028b@example.org",
                "a b@example.org",
                "ada@example.org\r\nX: y",
                "ada@example.org<x>",
                "%EMAILADDRESS%@example.org"
            })
    void anAddressThatIsNoneIsNeverRepeated(String address) throws Exception {
        String encoded = SetupHouse.encoded(address);
        String escaped = address.replace("&", "&amp;").replace("<", "&lt;").replace("\u0000", "&#0;");
        for (HttpResponse<String> answer : List.of(
                HOUSE.get(SetupPath.JSON + "?Protocol=ActiveSync&Email=" + encoded),
                HOUSE.get("/mail/config-v1.1.xml?emailaddress=" + encoded),
                HOUSE.get(SetupPath.PROFILE + "?kind=mail&address=" + encoded),
                HOUSE.form(address, "bcdf", "mail"))) {
            assertThat(answer.statusCode()).as(answer.body()).isIn(404, 400);
            assertThat(answer.body()).doesNotContain(address);
            assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "x");
        }
        HttpResponse<String> outlook =
                HOUSE.post(SetupPath.POX, "text/xml", SampleQuestions.question(escaped, SampleQuestions.OUTLOOK));
        assertThat(Schemas.text(Schemas.autodiscover(outlook.body()), "Error/ErrorCode"))
                .isIn("500", "600");
        assertThat(HOUSE.attempts).isEmpty();
    }

    /** A mail address may have signs that mean something to XML. */
    @Test
    void anAddressWithSignsOfXmlIsText() throws Exception {
        String address = "o'hara&sons@example.org";

        HttpResponse<String> outlook = HOUSE.post(
                SetupPath.POX,
                "text/xml",
                SampleQuestions.question(address.replace("&", "&amp;"), SampleQuestions.OUTLOOK));
        HttpResponse<String> profile =
                HOUSE.get(SetupPath.PROFILE + "?kind=mail&address=" + SetupHouse.encoded(address));

        assertThat(Schemas.text(Schemas.autodiscover(outlook.body()), "Protocol[1]/LoginName"))
                .isEqualTo(address);
        assertThat(Schemas.account(Schemas.plist(profile.body()))).containsEntry("EmailAddress", address);
    }

    @Test
    void anAddressOfAnyScriptIsText() throws Exception {
        String address = "åsa𐍈@example.org";

        HttpResponse<String> profile =
                HOUSE.get(SetupPath.PROFILE + "?kind=mail&address=" + SetupHouse.encoded(address));

        assertThat(Schemas.account(Schemas.plist(profile.body()))).containsEntry("EmailAddress", address);
    }
}

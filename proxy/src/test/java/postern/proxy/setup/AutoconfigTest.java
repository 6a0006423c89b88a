package postern.proxy.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.setup.Schemas.text;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** What Thunderbird is told. */
@Timeout(60)
class AutoconfigTest {

    private static final String PATH = "/mail/config-v1.1.xml";

    private static final SetupHouse HOUSE = new SetupHouse();

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, "/.well-known/autoconfig/mail/config-v1.1.xml"})
    void atBothPlacesThunderbirdIsToldOfAllThatIsOffered(String path) throws Exception {
        HttpResponse<String> answer = HOUSE.get(path + "?emailaddress=ada%40example.org");

        assertThat(answer.statusCode()).isEqualTo(200);
        Document xml = Schemas.autoconfig(answer.body());
        assertThat(text(xml, "emailProvider/domain")).isEqualTo("example.org");
        assertThat(text(xml, "emailProvider/displayName")).isEqualTo("Mail & \"More\" <b>");
        assertThat(text(xml, "incomingServer[1]/hostname")).isEqualTo("mail.example.org");
        assertThat(text(xml, "incomingServer[1]/port")).isEqualTo("993");
        assertThat(text(xml, "incomingServer[1]/socketType")).isEqualTo("SSL");
        assertThat(text(xml, "incomingServer[1]/username")).isEqualTo("%EMAILADDRESS%");
        assertThat(text(xml, "incomingServer[1]/authentication")).isEqualTo("password-cleartext");
        assertThat(text(xml, "incomingServer[2]/port")).isEqualTo("995");
        assertThat(text(xml, "outgoingServer/hostname")).isEqualTo("smtp.example.org");
        assertThat(text(xml, "outgoingServer/port")).isEqualTo("587");
        assertThat(text(xml, "outgoingServer/socketType")).isEqualTo("STARTTLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "autoconfig.plain.example",
                "autoconfig.plain.example:8443",
                "plain.example",
                "AutoConfig.Plain.Example"
            })
    void withoutAnAddressTheNameOfTheServerTellsTheDomain(String host) throws Exception {
        String answer = HOUSE.getAs(host, PATH);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("<domain>plain.example</domain>");
        Schemas.autoconfig(answer.substring(answer.indexOf("<?xml")));
    }

    /** What is told is never of the asking: the name only says which of those that are configured. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "autoconfig.elsewhere.example",
                "elsewhere.example",
                "autoconfig.autoconfig.plain.example",
                "127.0.0.1"
            })
    void ofAnotherNameNothingIsTold(String host) throws Exception {
        assertThat(HOUSE.getAs(host, PATH)).startsWith("HTTP/1.1 404").doesNotContain(host, "plain.example");
    }

    @Test
    void theAddressGoesBeforeTheName() throws Exception {
        assertThat(HOUSE.getAs("autoconfig.plain.example", PATH + "?emailaddress=ada@elsewhere.example"))
                .startsWith("HTTP/1.1 404");
        assertThat(HOUSE.getAs("autoconfig.elsewhere.example", PATH + "?emailaddress=ada@plain.example"))
                .startsWith("HTTP/1.1 200")
                .contains("<domain>plain.example</domain>")
                .doesNotContain("elsewhere");
        assertThat(HOUSE.getAs("autoconfig.plain.example", PATH + "?emailaddress="))
                .startsWith("HTTP/1.1 200");
    }
}

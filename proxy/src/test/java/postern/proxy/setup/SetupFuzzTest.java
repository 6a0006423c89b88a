package postern.proxy.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.StringReader;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.ClientSetupSettings;
import postern.config.SetupOffer;
import postern.config.SetupOffer.ClientTls;
import postern.config.SetupOffer.MailPlace;
import postern.config.SetupOffer.WebPlace;

/** Any question and any form: an answer that can be read, and what was sent in a form is wiped. */
class SetupFuzzTest {

    private static final MailPlace PLACE = new MailPlace("mail.example.org", 993, ClientTls.IMPLICIT);
    private static final Autodiscover AUTODISCOVER = new Autodiscover(new Offers(new ClientSetupSettings(
            List.of(new SetupOffer(
                    "main",
                    List.of("example.org"),
                    Optional.empty(),
                    Optional.of(PLACE),
                    Optional.empty(),
                    Optional.of(PLACE),
                    new WebPlace("mail.example.org", 443),
                    true)),
            Duration.ofMinutes(10))));

    static Stream<byte[]> bodies() {
        return Stream.of(
                        SampleQuestions.question("ada@example.org", SampleQuestions.OUTLOOK),
                        SampleQuestions.question("ada@example.org", SampleQuestions.MOBILESYNC),
                        SampleQuestions.question("o&apos;hara&amp;sons@example.org", SampleQuestions.OUTLOOK),
                        SampleQuestions.question("<![CDATA[ada@example.org]]>", SampleQuestions.OUTLOOK),
                        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>",
                        "address=ada%40example.org&kind=mail&app_password=bcdf-ghjk+mnpq%2",
                        "&&=&a&=b&a=c&%=%%zz")
                .map(text -> text.getBytes(UTF_8));
    }

    private static Set<String> elements(String xml) throws XMLStreamException {
        XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
        Set<String> names = new HashSet<>();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                names.add(reader.getLocalName());
            }
        }
        return names;
    }

    @MethodSource("bodies")
    @FuzzTest
    void endsInAnAnswer(byte[] body) throws Exception {
        SetupReply reply = AUTODISCOVER.pox(body);
        assertThat(reply.status()).isIn(200, 404);
        assertThat(elements(reply.body()))
                .contains("Autodiscover", "Response")
                .containsAnyOf("Error", "Account", "Server");

        byte[] form = body.clone();
        try (FormFields fields = FormFields.read(form)) {
            assertThat(form).containsOnly(new byte[form.length == 0 ? 0 : 1]);
            assertThat(fields.text("address")).hasSizeLessThanOrEqualTo(body.length);
            fields.secret("app_password")
                    .ifPresent(secret -> assertThat(secret.length).isLessThanOrEqualTo(body.length));
        }
    }
}

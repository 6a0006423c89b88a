package postern.proxy.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.RelayInvariants;
import postern.proxy.upstream.Manners;

/** Traps 30, 51: any mail server at all, behind a login. */
class SmtpResponsesFuzzTest {

    private static final List<String> CLIENTS = List.of(
            "EHLO again\r\nMAIL FROM:<a@x>\r\nXCLIENT\r\nBDAT 3 LAST\r\nabcNOOP\r\nQUIT\r\n",
            "MAIL FROM:<a@x>\r\nDATA\r\n",
            "");

    static Stream<byte[]> responses() {
        return Stream.of(
                        "250 forgotten\r\n250 ok\r\n354 go\r\n250 queued\r\n250 chunk\r\n221 bye\r\n",
                        "250-for\r\n250 gotten\r\n550-no\r\n550 no\r\n503 no\r\n500\r\n",
                        "250 ok\n354\n421 4.4.2 timeout\r\n",
                        "250-\r\n\r\n-\r\n9999-\r\n",
                        "421-going\r\n421 down\r\n")
                .map(RelayInvariants::seed);
    }

    @MethodSource("responses")
    @FuzzTest
    void holdsWhateverTheMailServerSays(byte[] input) {
        for (String client : CLIENTS) {
            RelayInvariants.hold(
                    input,
                    () -> new SmtpGuard("mail.example", List.of("CHUNKING"), EnvelopeRules.NONE, Manners.NONE),
                    client);
        }
    }
}

package postern.proxy.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import postern.proxy.conversation.UpstreamInvariants;

/** Traps 3, 22, 30: any upstream at all. */
class SmtpUpstreamFuzzTest {

    static Stream<byte[]> upstreams() {
        return Stream.of(
                        "t220 mail\n250-mail\n250-SIZE 1000\n250 AUTH PLAIN LOGIN\n334 \n235 in\n250-mail\n250 SIZE 1000\n",
                        "t220-mail\n220 mail\n250 AUTH=PLAIN\n334 \n535-5.7.8 no\n535 no\n",
                        "t220 mail\n250 AUTH PLAIN\n454 later\n",
                        "t421 busy\n",
                        "t220 mail\n250-mail\n250 AUTH PLAIN LOGIN PLAIN\n",
                        "t220 mail\n250-AUTH LOGIN\n250 x\n",
                        "c220 mail\n250-mail\n250 STARTTLS\n220 go on\n250 AUTH PLAIN\n",
                        "c220 mail\n250 mail\n")
                .map(UpstreamInvariants::seed);
    }

    @MethodSource("upstreams")
    @FuzzTest
    void holdsWhateverItSays(byte[] input) {
        UpstreamInvariants.hold(input, new SmtpUpstreamLanguage("mail.example.org"));
    }
}

package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;

class UpstreamLoginTest {

    private static final int AS_LONG_AS_MICROSOFTS = 8_192;

    /** Traps 27 and 28: a command line may have 512 bytes, and base64 of some kinds has line ends of its own. */
    @ParameterizedTest
    @EnumSource
    void aTokenOfEightKilobytesGoesWholeOnALineOfItsOwn(Mechanism mechanism) {
        String token = "t".repeat(AS_LONG_AS_MICROSOFTS);

        UpstreamLogin login = UpstreamLogin.sasl("AUTH", new Bearer(mechanism, "ada@example.org", token));

        assertThat(login.command()).isEqualTo("AUTH " + mechanism);
        assertThat(login.responses()).singleElement().satisfies(line -> {
            assertThat(line).matches("[A-Za-z0-9+/]+=*");
            assertThat(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8))
                    .contains("auth=Bearer " + token + "\u0001");
        });
    }
}

package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.config.ActiveSyncVersion;

class DeviceQueryTest {

    @Test
    void wordsTellWhoAsksForWhat() {
        DeviceQuery query = DeviceQuery.read("Cmd=Sync&User=CONTOSO%5Cada&DeviceId=v140Device&DeviceType=SmartPhone")
                .orElseThrow();

        assertThat(query.device())
                .isEqualTo(new Device(
                        Optional.of("Sync"),
                        Optional.of("CONTOSO\\ada"),
                        Optional.of("v140Device"),
                        Optional.of("SmartPhone"),
                        Optional.empty()));
        assertThat(query.device().shown()).contains("v140Device/SmartPhone");
    }

    /** Version 14.0, as a phone of that time packs it. */
    @Test
    void theSameIsPackedInBase64() {
        DeviceQuery query =
                DeviceQuery.read("jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l").orElseThrow();

        assertThat(query.device())
                .isEqualTo(new Device(
                        Optional.of("Sync"),
                        Optional.empty(),
                        Optional.of("v140Device"),
                        Optional.of("SmartPhone"),
                        Optional.of(new ActiveSyncVersion(14, 0))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@evil.example/owa/&Email=autodiscover",
                "Cmd=Sync&Cmd=Ping",
                "Cmd=Sync&User=a%0d%0ab",
                "Cmd=%zz",
                "=x",
                "Cmd=Sync&&",
                "jAAJBAp2MTQw",
                "AAA",
                "a b"
            })
    void whatIsNeitherIsRefused(String query) {
        assertThat(DeviceQuery.read(query)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2_049, 100_000})
    void itHasAnEnd(int length) {
        assertThat(DeviceQuery.read("Cmd=" + "a".repeat(length - 4))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Cmd=Ping&User=ada&DeviceId=x,          ada,             Cmd=Ping&User=ada&DeviceId=x",
        "Cmd=Ping&User=ada&DeviceId=x,          ada@example.org, Cmd=Ping&User=ada%40example.org&DeviceId=x",
        "Cmd=GetAttachment&AttachmentName=5%3a2&User=a, b,       Cmd=GetAttachment&AttachmentName=5%3A2&User=b",
        "Cmd=Ping&DeviceId=x,                   ada@example.org, Cmd=Ping&DeviceId=x",
        "jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l,  ada@example.org, jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l"
    })
    void theUpstreamIsAskedForItsOwnName(String query, String mailbox, String passedOn) {
        assertThat(DeviceQuery.read(query).orElseThrow().of(mailbox)).isEqualTo(passedOn);
    }
}

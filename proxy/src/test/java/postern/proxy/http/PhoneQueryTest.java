package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneQueryTest {

    private static final PhoneQuery PING =
            new PhoneQuery("Ping", "ada@example.org", "v140Device", "SmartPhone", 1307199584, "14.0");

    /** Of its example: nobody is named, and there is no key yet. */
    @Test
    void theBytesAreThoseOfTheSpecification() {
        PhoneQuery query = new PhoneQuery("Sync", "", "v140Device", "SmartPhone", 0, "14.0");

        assertThat(query.inBase64()).isEqualTo("jAAJBAp2MTQwRGV2aWNlAApTbWFydFBob25l");
        assertThat(PhoneQuery.read(query.inBase64())).isEqualTo(query);
    }

    @Test
    void aServerReadsTheUserFromEither() {
        assertThat(PhoneQuery.read(PING.inBase64())).isEqualTo(PING);
        assertThat(PING.inWords())
                .isEqualTo("Cmd=Ping&User=ada%40example.org&DeviceId=v140Device&DeviceType=SmartPhone");
        assertThat(PhoneQuery.read(PING.inWords()).user()).isEqualTo("ada@example.org");
    }
}

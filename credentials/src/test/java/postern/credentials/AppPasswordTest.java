package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.appPassword;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.typed;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppPasswordTest {

    @Test
    void canBeLoggedWithoutAThought() {
        assertThat(SCANNER.toString())
                .contains("$argon2id$v=19$m=8,t=1,p=1$***")
                .doesNotContain(hashOf(SCANNER).encoded());
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> new AppPasswordId("Scanner"))
                .hasMessage("app password id: not one (expected: apw_ and 16 of a-z0-9)");
        assertThatThrownBy(() -> new PasswordHash("$2a$10$bcrypt", new KeyId("0123abcd")))
                .hasMessage("password hash: not Argon2id (expected: $argon2id$v=19$m=…)");
        assertThatThrownBy(() -> appPassword(SCANNER_ID, typed(SCANNER_SECRET), Optional.of(SCANNER.createdAt())))
                .hasMessage("expires_at: 2026-01-05T08:00:00Z (expected: after 2026-01-05T08:00:00Z)");
    }
}

package postern.credentials.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.grant.SampleGrants.KEY_FILE;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.keys;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import postern.credentials.hash.KeyFile;

/** H-05, H-08 */
class VaultKeysTest {

    @Test
    void areCalledByTheBeginningOfTheirMarks() {
        VaultKeys keys = keys(NEW_KEY, OLD_KEY);

        assertThat(keys.activeId()).hasSize(8).isEqualTo(KeyFile.id(NEW_KEY).value());
        assertThat(keys.has(KeyFile.id(OLD_KEY).value())).isTrue();
        assertThat(keys.has("00000000")).isFalse();
    }

    @Test
    void printWhatTheyAreCalledAndNothingOfWhatTheyAre() {
        assertThat(keys(NEW_KEY, OLD_KEY).toString())
                .startsWith(KEY_FILE + " (")
                .doesNotContain(HexFormat.of().formatHex(NEW_KEY, 0, 4));
    }

    @Test
    void sealUnderAKeyThatOnlyTheVaultHas() {
        VaultKeys keys = keys(OLD_KEY);

        assertThat(keys.find(keys.activeId()).orElseThrow().getEncoded())
                .hasSize(32)
                .isNotEqualTo(OLD_KEY);
    }

    @Test
    void sayWhatIsWrongWithTheFile() {
        assertThatThrownBy(() -> keys()).hasMessage(KEY_FILE + ": no key (expected: one at least)");
        assertThatThrownBy(() -> keys(OLD_KEY, new byte[16]))
                .hasMessage(KEY_FILE + ": a key of 16 bytes (expected: 32)");
        assertThatThrownBy(() -> keys(OLD_KEY, NEW_KEY, OLD_KEY))
                .hasMessage(
                        KEY_FILE + ": key %s twice (expected: each once)",
                        KeyFile.id(OLD_KEY).value());
    }
}

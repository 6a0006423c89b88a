package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WbxmlTest {

    /** Of MS-ASCMD's first FolderSync. */
    private static final byte[] FIRST_FOLDER_SYNC = HexFormat.of().parseHex("03016a00000756520330000101");

    @Test
    void theFirstFolderSyncIsWhatEveryPhoneWrites() {
        assertThat(Wbxml.encode(Documents.folders("0"))).isEqualTo(FIRST_FOLDER_SYNC);
        assertThat(Wbxml.decode(FIRST_FOLDER_SYNC)).isEqualTo(Documents.folders("0"));
    }

    @Test
    void whatIsWrittenIsReadAgainAcrossPages() {
        Element document = Documents.attachment("31457280");

        assertThat(Wbxml.decode(Wbxml.encode(document))).isEqualTo(document);
    }

    @Test
    void aMessageMayBeLongAndHoldAnything() {
        Element document = Documents.message("1", "Subject: å\r\n\r\n" + "\0\1x".repeat(100_000));

        assertThat(Wbxml.decode(Wbxml.encode(document))).isEqualTo(document);
    }

    @Test
    void whatIsOnNoPageOfOursGoesByItsNumbers() {
        byte[] unknown = HexFormat.of().parseHex("03016a0000" + "12" + "45" + "0361" + "00" + "01");

        assertThat(Wbxml.decode(unknown)).isEqualTo(Element.of("18:5", "a"));
    }

    @Test
    void aDocumentThatIsCutOffIsNone() {
        for (int length = 0; length < FIRST_FOLDER_SYNC.length; length++) {
            byte[] cut = Arrays.copyOf(FIRST_FOLDER_SYNC, length);

            assertThatThrownBy(() -> Wbxml.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

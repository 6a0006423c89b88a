package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImapCapabilitiesTest {

    @Test
    void passesOnWhatTheMailboxCanDo() {
        assertThat(ImapCapabilities.throughUs("IMAP4rev1 IDLE LITERAL+ UIDPLUS ACL=x NOTIFY"))
                .containsExactly("IMAP4rev1", "IDLE", "LITERAL+", "UIDPLUS", "ACL=x", "NOTIFY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STARTTLS",
                "starttls",
                "LOGINDISABLED",
                "AUTH=PLAIN",
                "auth=xoauth2",
                "SASL-IR",
                "UNAUTHENTICATE",
                "X-UNAUTHENTICATE",
                "COMPRESS=DEFLATE",
                "LOGIN-REFERRALS",
            })
    void keepsBackWhatIsNotToBeHadThroughUs(String word) {
        assertThat(ImapCapabilities.throughUs("IMAP4rev1 " + word + " IDLE")).containsExactly("IMAP4rev1", "IDLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x]", "]", "a\rb", "a\u0000", "\"quoted\"", "{5}", "über", "a\tb", "(", "*", "\\"})
    void aWordThatIsNoneCannotBreakOurResponse(String word) {
        assertThat(ImapCapabilities.throughUs("IMAP4rev1 " + word + " IDLE")).containsExactly("IMAP4rev1", "IDLE");
    }

    @Test
    void isNeverAnEmptyList() {
        assertThat(ImapCapabilities.throughUs("")).containsExactly("IMAP4rev1");
        assertThat(ImapCapabilities.throughUs("STARTTLS")).containsExactly("IMAP4rev1");
    }

    @Test
    void manySpacesPartWordsLikeOne() {
        assertThat(ImapCapabilities.throughUs("  IMAP4rev1   IDLE ")).containsExactly("IMAP4rev1", "IDLE");
    }
}

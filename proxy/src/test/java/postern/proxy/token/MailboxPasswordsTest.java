package postern.proxy.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.grant.SampleGrants.vaultIn;
import static postern.proxy.token.SampleTokens.UPSTREAM;
import static postern.proxy.token.SampleTokens.proof;
import static postern.proxy.token.SampleTokens.upstream;

import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.NewGrant;
import postern.credentials.store.Database;
import postern.credentials.store.SqliteDatabase;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

class MailboxPasswordsTest {

    private final Database database = SqliteDatabase.inMemory();
    private final GrantVault vault = vaultIn(database, InstantSource.system(), OLD_KEY);
    private final UpstreamSettings upstream = upstream("mail.example.net", new MailboxPassword());

    MailboxPasswordsTest() throws Exception {}

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMailboxIsOpenedByItsOwnPassword() throws Exception {
        adaGives(upstream, GrantKind.MAILBOX_PASSWORD);

        assertThat(proof(passwords(upstream), ADA, Protocol.IMAP)).isEqualTo(new OwnPassword(ADA.value(), "hunter2"));
    }

    @Test
    void whereThereIsNoneTheOwnerHasToGiveIt() {
        assertLost(upstream, "its password is not in the vault");
    }

    @Test
    void aRefreshTokenIsNotSentAsAPassword() throws Exception {
        adaGives(upstream, GrantKind.REFRESH_TOKEN);

        assertLost(upstream, "what is in the vault is no password");
    }

    /** Trap 41. */
    @Test
    void aPasswordIsSentToNoOtherHost() throws Exception {
        adaGives(upstream, GrantKind.MAILBOX_PASSWORD);

        assertLost(upstream("mail.evil.example", new MailboxPassword()), "given for mail.example.net");
    }

    private void adaGives(UpstreamSettings where, GrantKind kind) throws Exception {
        vault.put(new NewGrant(ADA, UPSTREAM, Purposes.of(where), kind, Optional.empty()), secret("hunter2"), ROOT);
    }

    private void assertLost(UpstreamSettings where, String seen) {
        assertThatThrownBy(() -> proof(passwords(where), ADA, Protocol.IMAP))
                .isInstanceOfSatisfying(
                        UpstreamException.class, e -> assertThat(e.failure()).isEqualTo(UpstreamFailure.CONSENT_LOST))
                .hasMessageContaining(seen)
                .hasMessageNotContaining("hunter2");
    }

    private MailboxPasswords passwords(UpstreamSettings where) {
        return new MailboxPasswords(where, vault, Thread::startVirtualThread);
    }
}

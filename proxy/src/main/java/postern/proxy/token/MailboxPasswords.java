package postern.proxy.token;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import postern.config.UpstreamSettings;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantUnreadableException;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.OpenGrant;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.ProofSource;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/**
 * The mailbox's own password, out of the vault each time: none is kept in clear.
 *
 * @param threads on which the store may be waited for
 */
public record MailboxPasswords(UpstreamSettings upstream, GrantVault vault, Executor threads) implements ProofSource {

    @Override
    public CompletionStage<UpstreamProof> of(Errand errand, Protocol protocol) {
        CompletableFuture<UpstreamProof> proof = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                proof.complete(opened(errand.mailbox()));
            } catch (StoreUnavailableException e) {
                proof.completeExceptionally(failure(
                        UpstreamFailure.NO_TOKEN, errand.mailbox(), "the store is away: " + e.getMessage(), "store"));
            } catch (GrantUnreadableException e) {
                proof.completeExceptionally(failure(
                        UpstreamFailure.NO_TOKEN, errand.mailbox(), String.valueOf(e.getMessage()), "keys.vault-file"));
            } catch (UpstreamException | RuntimeException | Error e) {
                proof.completeExceptionally(e);
            }
        });
        return proof;
    }

    private UpstreamProof opened(LoginName mailbox)
            throws StoreUnavailableException, GrantUnreadableException, UpstreamException {
        Optional<OpenGrant> found = vault.open(mailbox, upstream.name());
        if (found.isEmpty()) {
            throw lost(mailbox, "its password is not in the vault");
        }
        try (OpenGrant open = found.get()) {
            if (open.grant().kind() != GrantKind.MAILBOX_PASSWORD) {
                throw lost(mailbox, "what is in the vault is no password");
            }
            if (!open.grant().givenFor().equals(Purposes.of(upstream))) {
                throw lost(mailbox, "its password was given for " + open.grant().givenFor());
            }
            return new OwnPassword(mailbox.value(), new String(open.secret().bytes(), StandardCharsets.UTF_8));
        }
    }

    private UpstreamException lost(LoginName mailbox, String seen) {
        return failure(UpstreamFailure.CONSENT_LOST, mailbox, seen, "postern grant put");
    }

    private UpstreamException failure(UpstreamFailure failure, LoginName mailbox, String seen, String lookAt) {
        return new UpstreamException(
                failure, "upstream " + upstream.name(), "getting the password of " + mailbox, seen, lookAt);
    }
}

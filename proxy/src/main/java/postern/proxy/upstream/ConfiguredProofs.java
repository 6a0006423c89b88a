package postern.proxy.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamLoginSettings.MasterUser;
import postern.credentials.LoginName;
import postern.credentials.Protocol;

/** What the operator's configuration proves by itself, the same for all mailboxes. */
public record ConfiguredProofs(Configured settings) implements ProofSource {

    @Override
    public CompletionStage<UpstreamProof> of(Errand errand, Protocol protocol) {
        return CompletableFuture.completedStage(of(errand.mailbox()));
    }

    private UpstreamProof of(LoginName mailbox) {
        return switch (settings) {
            case MasterUser(var user, var password, var separator) ->
                new UpstreamProof.MasterUser(mailbox, user, password.reveal(), separator);
            case Authzid(var user, var password) -> new UpstreamProof.ForAnother(mailbox, user, password.reveal());
        };
    }
}

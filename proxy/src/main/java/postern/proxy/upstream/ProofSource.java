package postern.proxy.upstream;

import java.util.concurrent.CompletionStage;
import postern.credentials.Protocol;

/** Where the proof for a mailbox at one upstream comes from. */
public interface ProofSource {

    /**
     * Never waits; comes back on any thread, failed by an {@link UpstreamException} that says whose
     * fault it is. Asked only once a client has proved its app password.
     */
    CompletionStage<UpstreamProof> of(Errand errand, Protocol protocol);
}

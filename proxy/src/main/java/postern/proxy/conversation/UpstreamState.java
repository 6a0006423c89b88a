package postern.proxy.conversation;

/**
 * How far we are in logging in at an upstream. Pure: no channel, no clock.
 *
 * @param <S> the states of one protocol
 */
public interface UpstreamState<S extends UpstreamState<S>> {

    /**
     * Takes what the upstream said, and says what follows from it.
     *
     * @param line without its line end
     */
    Step<S, UpstreamEffect> on(String line);

    /** Asked for TLS; what comes after its OK and before the handshake is nobody's word. */
    interface AwaitingTls<S extends UpstreamState<S>> extends UpstreamState<S> {

        Step<S, UpstreamEffect> onEncrypted();
    }
}

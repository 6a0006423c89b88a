package postern.proxy.conversation;

import postern.proxy.sasl.SaslMechanism;

/** How a protocol words the answer to a login, each on one line. */
public interface Phrases {

    String refusal(Refusal why);

    /**
     * Asks for the next message.
     *
     * @param base64 may be empty; old clients insist on the space before it all the same
     */
    String challenge(String base64);

    String malformed(SaslMechanism mechanism);

    String cancelled();
}

package postern.proxy.sasl;

import postern.credentials.LoginName;
import postern.credentials.PresentedSecret;

/** What came of a client's message. */
public sealed interface SaslStep {

    /** Say its challenge, and wait for the next message. */
    record GoOn(SaslExchange next) implements SaslStep {}

    record Credentials(LoginName name, PresentedSecret secret) implements SaslStep {}

    /** Asks to act as somebody else. An app password opens its owner's mailbox and no other. */
    record ActingForAnother() implements SaslStep {}

    record Malformed(SaslMechanism mechanism) implements SaslStep {}

    /** A lone star (RFC 3501 section 6.2.2, RFC 4954 section 4, RFC 5034 section 4). */
    record Cancelled() implements SaslStep {}
}

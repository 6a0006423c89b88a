package postern.proxy.token;

import postern.credentials.LoginName;
import postern.proxy.upstream.UpstreamException;

/** One way to come by an access token. */
interface TokenWay {

    /** Whose token opens this mailbox: those of one holder are the same. */
    Holder holderOf(LoginName mailbox);

    /**
     * Who logs in with it by a protocol that sends, where that is not the mailbox.
     *
     * @param mailbox that is sent for
     */
    LoginName senderFor(LoginName mailbox);

    /**
     * Asks for another; waits, and is never called twice at once for one holder.
     *
     * @throws UpstreamException that says whose fault it is
     */
    HeldToken fetch(Holder holder) throws UpstreamException;

    /** Who has a token. */
    sealed interface Holder {

        /** One that lets us into its own mailbox, and those that are shared with it. */
        record Mailbox(LoginName name) implements Holder {}

        /** We, for all mailboxes. */
        record Ourselves() implements Holder {}
    }
}

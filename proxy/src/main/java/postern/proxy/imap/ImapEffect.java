package postern.proxy.imap;

import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.PresentedSecret;

/** All that a conversation before login can ask of the world. */
sealed interface ImapEffect {

    record Reply(String line) implements ImapEffect {}

    record Decide(LoginName name, PresentedSecret secret) implements ImapEffect {}

    /** Wipe a secret that nobody will look at. */
    record Forget(PresentedSecret secret) implements ImapEffect {}

    /** From the next byte on, TLS; what the client sent ahead of it is dropped unread. */
    record StartTls() implements ImapEffect {}

    record OpenMailbox(LoginName name, AppPasswordId used) implements ImapEffect {}

    /** From the next byte on, client and mailbox speak to each other. */
    record Join() implements ImapEffect {}

    record Close() implements ImapEffect {}
}

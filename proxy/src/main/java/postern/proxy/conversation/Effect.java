package postern.proxy.conversation;

import java.util.Arrays;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.PresentedSecret;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.Rejection;
import postern.proxy.upstream.Hops;

/** All that a conversation before login can ask of the world. */
public sealed interface Effect {

    /** One line, or several with line ends between them. */
    record Reply(String line) implements Effect {}

    /**
     * The client said what it is.
     *
     * @param client what it calls itself; empty: it would rather not say
     * @param hops how many proxies it may be handed on by, if it is one
     */
    record Met(Optional<String> client, Hops hops) implements Effect {

        public Met(Optional<String> client) {
            this(client, Hops.ALL);
        }
    }

    record Decide(LoginName name, PresentedSecret secret) implements Effect {}

    /** Who comes from there needs no password. */
    record DecideByAddress(LoginByAddress login) implements Effect {}

    /** Wipe a secret that nobody will look at. */
    record Forget(PresentedSecret secret) implements Effect {}

    /** From the next byte on, TLS; what the client sent ahead of it is dropped unread. */
    record StartTls() implements Effect {}

    record OpenMailbox(Accepted login) implements Effect {}

    /**
     * From the next byte on, client and mailbox speak to each other.
     *
     * @param ahead what the client said already and the mailbox is to hear first, in ISO 8859-1, with its line end
     */
    record Join(Optional<String> ahead) implements Effect {

        public Join() {
            this(Optional.empty());
        }
    }

    /** The client went beyond this bound. */
    record Reject(Rejection why) implements Effect {}

    record Close() implements Effect {}

    static <S> Step<S, Effect> to(S next, String... replies) {
        return new Step<>(next, Arrays.stream(replies).<Effect>map(Reply::new).toList());
    }
}

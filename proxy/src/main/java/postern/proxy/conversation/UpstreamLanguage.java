package postern.proxy.conversation;

import java.util.List;
import java.util.Optional;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamLoginSettings;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamLoginSettings.MailboxPassword;
import postern.config.UpstreamLoginSettings.MasterUser;
import postern.config.UpstreamLoginSettings.OAuth;
import postern.config.UpstreamSettings;
import postern.credentials.Protocol;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;

/**
 * How one protocol is spoken with upstreams.
 *
 * @param <S> its states
 */
public interface UpstreamLanguage<S extends UpstreamState<S>> {

    Protocol protocol();

    /** Where that upstream speaks it. */
    UpstreamDoorSettings door(UpstreamSettings upstream);

    /** Whether what a client says to it is looked at. */
    default boolean isGuarded(UpstreamSettings upstream) {
        return true;
    }

    /** Connected, and nothing was said yet. */
    S begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream);

    /** The same for one who only wants to know what it offers, and proves nothing: opened, it has all of it as it was said. */
    S look(UpstreamSettings upstream);

    /**
     * What a login by these settings needs and an upstream has not.
     *
     * @param offered as {@link #look} has it
     */
    List<Lack> lacks(UpstreamSettings upstream, List<String> offered);

    /** What it offers that clients could use, and are not told of before they are logged in, since the settings do not say so. */
    default List<String> untold(UpstreamSettings upstream, List<String> offered) {
        return List.of();
    }

    /**
     * Something that is not there.
     *
     * @param setting below the upstream's own, that asks for it
     */
    record Lack(String what, String setting) {}

    /** What tells whether there is a mailbox behind a login, and changes nothing in it; the last one is the goodbye. */
    List<String> questions();

    Reply reply(String line);

    /** What a line is, in answer to one of the questions. */
    enum Reply {
        GOES_ON,
        GOOD,
        BAD
    }

    /** The mechanism of SASL that these settings ask for by its name; empty where more than one way will do. */
    static Optional<String> mechanism(UpstreamLoginSettings login) {
        return switch (login) {
            case OAuth(var oauth) -> Optional.of(oauth.mechanism().name());
            case Authzid _ -> Optional.of("PLAIN");
            case MasterUser _, MailboxPassword _ -> Optional.empty();
        };
    }

    /** Which setting asks for it. */
    static String mechanismSetting(UpstreamLoginSettings login) {
        return login instanceof OAuth ? "login.oauth.mechanism" : "login.strategy";
    }
}

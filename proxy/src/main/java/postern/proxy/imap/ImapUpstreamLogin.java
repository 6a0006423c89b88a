package postern.proxy.imap;

import static postern.proxy.conversation.UpstreamLogin.quoted;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import postern.config.UpstreamLoginSettings;
import postern.credentials.LoginName;
import postern.proxy.conversation.UpstreamLogin;

/** How IMAP words a login upstream: the command is without its tag. */
final class ImapUpstreamLogin {

    private ImapUpstreamLogin() {}

    static UpstreamLogin to(LoginName mailbox, UpstreamLoginSettings settings) {
        return switch (settings.strategy()) {
            case MASTER_USER ->
                login(
                        UpstreamLogin.masterName(mailbox, settings),
                        settings.password().reveal());
            case AUTHZID -> UpstreamLogin.plain("AUTHENTICATE PLAIN", mailbox, settings);
        };
    }

    /** A quoted string holds ASCII alone; any other name goes as a literal, once it is asked for. */
    private static UpstreamLogin login(String name, String password) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes == name.length()
                ? new UpstreamLogin("LOGIN " + quoted(name) + " " + quoted(password), Optional.empty())
                : new UpstreamLogin("LOGIN {" + bytes + "}", Optional.of(name + " " + quoted(password)));
    }
}

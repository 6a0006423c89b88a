package postern.proxy.imap;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import postern.config.UpstreamLoginSettings;
import postern.credentials.LoginName;
import postern.proxy.sasl.PlainMessage;

/**
 * The words that prove an upstream that we may open a mailbox.
 *
 * @param command what to say first, without its tag
 * @param response what to say when it asks to go on; never asked for twice
 */
record ImapUpstreamLogin(String command, Optional<String> response) {

    static ImapUpstreamLogin to(LoginName mailbox, UpstreamLoginSettings settings) {
        String user = settings.user();
        String password = settings.password().reveal();
        return switch (settings.strategy()) {
            case MASTER_USER -> login(mailbox.value() + settings.separator() + user, password);
            case AUTHZID ->
                new ImapUpstreamLogin(
                        "AUTHENTICATE PLAIN", Optional.of(PlainMessage.write(mailbox.value(), user, password)));
        };
    }

    /** A quoted string holds ASCII alone; any other name goes as a literal, once it is asked for. */
    private static ImapUpstreamLogin login(String name, String password) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes == name.length()
                ? new ImapUpstreamLogin("LOGIN " + quoted(name) + " " + quoted(password), Optional.empty())
                : new ImapUpstreamLogin("LOGIN {" + bytes + "}", Optional.of(name + " " + quoted(password)));
    }

    ImapUpstreamLogin responded() {
        return new ImapUpstreamLogin(command, Optional.empty());
    }

    /** What an upstream said, less our password, should it have repeated our words. */
    static String censor(String said, LoginName mailbox, UpstreamLoginSettings settings) {
        String password = settings.password().reveal();
        String message = PlainMessage.write(mailbox.value(), settings.user(), password);
        return said.replace(message, "***").replace(quoted(password), "***").replace(password, "***");
    }

    /** Neither a name nor a configured password has a line end, so this is all that needs care. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "***";
    }
}

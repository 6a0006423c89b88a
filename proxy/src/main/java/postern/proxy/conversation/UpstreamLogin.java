package postern.proxy.conversation;

import java.util.Optional;
import postern.config.UpstreamLoginSettings;
import postern.credentials.LoginName;
import postern.proxy.sasl.PlainMessage;

/**
 * The words that prove an upstream that we may open a mailbox.
 *
 * @param command what to say first
 * @param response what to say when it asks to go on; never asked for twice
 */
public record UpstreamLogin(String command, Optional<String> response) {

    /** Which says no more than it must before it is asked: some lines have a length. */
    public static UpstreamLogin plain(String command, LoginName mailbox, UpstreamLoginSettings settings) {
        return new UpstreamLogin(command, Optional.of(plainMessage(mailbox, settings)));
    }

    private static String plainMessage(LoginName mailbox, UpstreamLoginSettings settings) {
        String password = settings.password().reveal();
        return switch (settings.strategy()) {
            case MASTER_USER -> PlainMessage.write("", masterName(mailbox, settings), password);
            case AUTHZID -> PlainMessage.write(mailbox.value(), settings.user(), password);
        };
    }

    /** Whom a master user logs in as. */
    public static String masterName(LoginName mailbox, UpstreamLoginSettings settings) {
        return mailbox.value() + settings.separator() + settings.user();
    }

    public UpstreamLogin responded() {
        return new UpstreamLogin(command, Optional.empty());
    }

    /** What an upstream said, less our password, should it have repeated our words. */
    static String censor(String said, LoginName mailbox, UpstreamLoginSettings settings) {
        String password = settings.password().reveal();
        return said.replace(plainMessage(mailbox, settings), "***")
                .replace(quoted(password), "***")
                .replace(password, "***");
    }

    /** As IMAP writes it. Neither a name nor a configured password has a line end, so this is all that needs care. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return "***";
    }
}

package postern.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** Somebody at a terminal who speaks IMAP. */
public final class ImapClient extends MailClient {

    private int said;

    private ImapClient(String host, int port, Path ca) throws IOException {
        super(host, port, ca);
    }

    public static ImapClient overTls(String host, int port, Path ca) throws Exception {
        ImapClient client = new ImapClient(host, port, ca);
        client.greeted(true);
        return client;
    }

    public static ImapClient inTheClear(String host, int port, Path ca) throws Exception {
        ImapClient client = new ImapClient(host, port, ca);
        client.greeted(false);
        return client;
    }

    public String authenticatePlain(String mailbox, String user, String password) throws IOException {
        String words = mailbox + "\0" + user + "\0" + password;
        return say("AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
    }

    /** Everything that is said back, the line with our tag last. */
    public String say(String command) throws IOException {
        String tag = "a" + ++said;
        send(tag + " " + command + "\r\n");
        return until(tag + " ");
    }
}

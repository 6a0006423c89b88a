package postern.app;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import postern.credentials.Protocol;

/** What a client hears in the end when it logs in, at any door. */
final class LoginAnswer {

    private LoginAnswer() {}

    /** Without a tag. */
    static String at(Protocol door, WholeServer server, String name, String secret) throws Exception {
        return switch (door) {
            case IMAP -> {
                try (ImapClient client = server.overTls()) {
                    String heard = client.say("LOGIN %s \"%s\"".formatted(name, secret));
                    yield heard.lines().toList().getLast().replaceFirst("^a1 ", "");
                }
            }
            case POP3 -> {
                try (MailClient client = server.overTls("pop3s")) {
                    client.ask("USER " + name);
                    yield client.ask("PASS " + secret);
                }
            }
            case SMTP -> {
                try (MailClient client = server.overTls("submissions")) {
                    yield client.ask(authPlain(name, secret));
                }
            }
            case ACTIVESYNC, DAV -> throw new IllegalArgumentException("no mail door (expected: one of the others)");
        };
    }

    /** How SMTP and POP3 are told both in one line. */
    static String authPlain(String name, String secret) {
        String words = "\0" + name + "\0" + secret;
        return "AUTH PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether that is to say that it is in. */
    static boolean isIn(String answer) {
        return answer.endsWith("Logged in.");
    }
}

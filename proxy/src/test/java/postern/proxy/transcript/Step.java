package postern.proxy.transcript;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One thing that happens in a conversation. The line is where its file says so. */
public sealed interface Step {

    int line();

    /** One packet of ours, with its line ends, to be sent in UTF-8. */
    record Say(int line, String packet) implements Step {}

    /** The next line that we must hear; {@code …} in it stands for any text. */
    record Hear(int line, String text) implements Step {

        public boolean matches(String heard) {
            String any =
                    List.of(text.split("…", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
            return heard.matches(any);
        }
    }

    /** Both sides turn TLS on here. */
    record Handshake(int line) implements Step {}

    /** The next line that the mailbox must hear. */
    record MailboxHear(int line, String text) implements Step {}

    /** The mailbox says this line. */
    record MailboxSay(int line, String text) implements Step {}

    /** The mailbox hangs up. */
    record MailboxLeave(int line) implements Step {}
}

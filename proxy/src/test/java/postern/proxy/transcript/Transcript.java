package postern.proxy.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Hear;
import postern.proxy.transcript.Step.MailboxHear;
import postern.proxy.transcript.Step.MailboxLeave;
import postern.proxy.transcript.Step.MailboxSay;
import postern.proxy.transcript.Step.Say;

/**
 * A conversation, as its file tells it.
 *
 * <pre>
 *   # given: no TLS     what is taken for granted; any other comment is for the reader
 *   S: text             we must hear exactly this line; … in it stands for any text
 *   C: text             we say this line
 *   C> text             we say it, in one packet with the next C line
 *   T: handshake        both sides turn TLS on
 *   M: text             the mailbox must hear exactly this line
 *   U: text             the mailbox says this line
 *   X: hangs up         and this is the end of it, and so of the client's connection
 * </pre>
 *
 * <p>What a line of text cannot show is written as its picture: {@code ␀} for NUL, {@code ␍} for CR,
 * {@code ␠} for a space at the end. {@code base64(text)} says text in base64. A {@code …} at the end
 * of what we say leaves the line unfinished.
 */
public record Transcript(String name, Set<Given> givens, List<Step> steps) {

    private static final String GIVEN = "# given: ";

    /** Every transcript in a folder, by name. */
    public static List<Transcript> in(Path folder) throws IOException {
        List<Transcript> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(read(file.getFileName().toString(), Files.readAllLines(file)));
            }
        }
        return all;
    }

    static Transcript read(String name, List<String> lines) {
        Set<Given> givens = EnumSet.noneOf(Given.class);
        List<Step> steps = new ArrayList<>();
        StringBuilder packet = new StringBuilder();
        for (int line = 1; line <= lines.size(); line++) {
            String text = lines.get(line - 1);
            if (text.startsWith(GIVEN)) {
                givens.add(Given.of(text.substring(GIVEN.length())));
            } else if (text.startsWith("C>")) {
                packet.append(said(text));
            } else if (!text.startsWith("#")) {
                steps.add(step(name, line, text, packet));
            }
        }
        return new Transcript(name, Set.copyOf(givens), List.copyOf(steps));
    }

    private static Step step(String name, int line, String text, StringBuilder packet) {
        return switch (text.substring(0, Math.min(2, text.length()))) {
            case "S:" -> new Hear(line, Written.unpicture(rest(text)));
            case "M:" -> new MailboxHear(line, Written.unpicture(rest(text)));
            case "C:" -> {
                packet.append(said(text));
                Say say = new Say(line, packet.toString());
                packet.setLength(0);
                yield say;
            }
            case "T:" -> new Handshake(line);
            case "U:" -> new MailboxSay(line, Written.unpicture(rest(text)));
            case "X:" -> new MailboxLeave(line);
            default ->
                throw new IllegalArgumentException(name + ":" + line + ": " + text + " (expected: S, C, T, M, U or X)");
        };
    }

    private static String said(String text) {
        String said = Written.encode(Written.unpicture(rest(text)));
        return said.endsWith("…") ? said.substring(0, said.length() - 1) : said + "\r\n";
    }

    private static String rest(String text) {
        return text.length() < 3 ? "" : text.substring(3);
    }

    @Override
    public String toString() {
        return name;
    }
}

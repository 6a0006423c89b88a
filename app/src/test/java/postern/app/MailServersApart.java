package postern.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import postern.proxy.transcript.Dialect;

/**
 * Mail servers that let everybody in and listen, one for each protocol, in a process of their own: so what they keep open
 * is not counted with ours, and leaves room for it.
 */
final class MailServersApart implements AutoCloseable {

    private final Process process;
    private final Map<Dialect, Integer> ports = new EnumMap<>(Dialect.class);

    private MailServersApart(Process process) {
        this.process = process;
        Scanner said = new Scanner(process.inputReader());
        for (Dialect dialect : Dialect.values()) {
            ports.put(dialect, said.nextInt());
        }
    }

    static MailServersApart start() throws IOException {
        return new MailServersApart(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MailServersApart.class.getName())
                .redirectError(Redirect.INHERIT)
                .start());
    }

    /** Until its parent is gone. */
    public static void main(String... none) throws IOException {
        int[] ports = Arrays.stream(Dialect.values())
                .mapToInt(dialect -> open(dialect).port())
                .toArray();
        System.out.println(ports[0] + " " + ports[1] + " " + ports[2]);
        System.in.transferTo(System.out);
    }

    private static MailServerThatListens open(Dialect dialect) {
        try {
            return switch (dialect) {
                case IMAP -> new MailServerThatListens("L1 OK [CAPABILITY IMAP4rev1 IDLE] In.");
                case POP3 ->
                    new MailServerThatListens("+OK Here.", List.of("+OK", "+OK Come in.", "+OK\r\nTOP\r\nUIDL\r\n."));
                case SMTP ->
                    new MailServerThatListens(
                            "220 Here.", List.of("250-Here.\r\n250-SIZE 1\r\n250 AUTH PLAIN", "334 ", "235 Come in."));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a file says of an upstream that everybody's mail is on; its password is in the file {@code master}. */
    String upstream() {
        return """
                upstreams.mail {
                  host = "127.0.0.1"
                  imap { port = %d, tls = none }
                  pop3 { port = %d, tls = none }
                  smtp { port = %d, tls = none, extensions = "SIZE" }
                  login { user = m, password = { file = master } }
                }
                routes.default = mail
                """.formatted(ports.get(Dialect.IMAP), ports.get(Dialect.POP3), ports.get(Dialect.SMTP));
    }

    @Override
    public void close() {
        process.destroy();
    }
}

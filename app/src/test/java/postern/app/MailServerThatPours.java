package postern.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets everybody in, and answers whatever comes then with one very large message, as fast as it is taken. */
final class MailServerThatPours implements AutoCloseable {

    private static final byte[] PIECE =
            "A line of text that somebody wrote.\r\n".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII);

    private static final List<String> POP3_LOGIN = List.of("+OK", "+OK Come in.", "+OK\r\nTOP\r\nUIDL\r\n.");

    private final ServerSocket door;
    private final boolean imap;
    private final int pieces;
    private final AtomicLong poured = new AtomicLong();

    private MailServerThatPours(boolean imap, long atLeastBytes) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.imap = imap;
        this.pieces = Math.toIntExact(atLeastBytes / PIECE.length + 1);
        Thread.startVirtualThread(this::serve);
    }

    static MailServerThatPours byImap(long atLeastBytes) throws IOException {
        return new MailServerThatPours(true, atLeastBytes);
    }

    static MailServerThatPours byPop3(long atLeastBytes) throws IOException {
        return new MailServerThatPours(false, atLeastBytes);
    }

    int port() {
        return door.getLocalPort();
    }

    long bytes() {
        return (long) pieces * PIECE.length;
    }

    /** What has been taken so far, by whatever lies between us and the client. */
    long poured() {
        return poured.get();
    }

    private void serve() {
        try (Socket client = door.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            say(client, imap ? "* OK Here." : "+OK Here.");
            for (String answer : imap ? List.of("L1 OK [CAPABILITY IMAP4rev1] In.") : POP3_LOGIN) {
                in.readLine();
                say(client, answer);
            }
            String tag = in.readLine().split(" ", 2)[0];
            say(client, imap ? "* 1 FETCH (BODY[] {" + bytes() + "}" : "+OK");
            OutputStream out = client.getOutputStream();
            for (int i = 0; i < pieces; i++) {
                out.write(PIECE);
                poured.addAndGet(PIECE.length);
            }
            say(client, imap ? ")\r\n" + tag + " OK Done." : ".");
            in.readLine();
        } catch (IOException _) {
            // the client left
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

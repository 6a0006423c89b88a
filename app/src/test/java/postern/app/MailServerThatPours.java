package postern.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Lets everybody in, and answers whatever comes then with one very large message, as fast as it is taken. */
final class MailServerThatPours implements AutoCloseable {

    private static final byte[] PIECE =
            "A line of text that somebody wrote.\r\n".repeat(1 << 10).getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket door;
    private final int pieces;
    private final AtomicLong poured = new AtomicLong();

    MailServerThatPours(long atLeastBytes) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.pieces = Math.toIntExact(atLeastBytes / PIECE.length + 1);
        Thread.startVirtualThread(this::serve);
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
            say(client, "* OK Here.");
            in.readLine();
            say(client, "L1 OK [CAPABILITY IMAP4rev1] In.");
            String tag = in.readLine().split(" ", 2)[0];
            say(client, "* 1 FETCH (BODY[] {" + bytes() + "}");
            OutputStream out = client.getOutputStream();
            for (int i = 0; i < pieces; i++) {
                out.write(PIECE);
                poured.addAndGet(PIECE.length);
            }
            say(client, ")");
            say(client, tag + " OK Done.");
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

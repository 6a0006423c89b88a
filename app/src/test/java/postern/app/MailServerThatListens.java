package postern.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets everybody in, or nobody, and from there on only writes down what it hears. */
final class MailServerThatListens implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;

    private final ServerSocket door;
    private final String greeting;
    private final List<String> answers;
    private final BlockingQueue<String> heardFirst = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /**
     * One that speaks IMAP.
     *
     * @param welcome what it answers to a login
     */
    MailServerThatListens(String welcome) throws IOException {
        this("* OK Here.", List.of(welcome));
    }

    /**
     * One that speaks anything.
     *
     * @param answers to as many lines: who may, may
     */
    MailServerThatListens(String greeting, List<String> answers) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.greeting = greeting;
        this.answers = answers;
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Before it let somebody in. */
    String heardFirst() throws InterruptedException {
        return String.valueOf(heardFirst.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    String heard() throws InterruptedException {
        return String.valueOf(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    boolean heardNothingElse() {
        return heard.isEmpty();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            say(client, greeting);
            for (String answer : answers) {
                heardFirst.add(String.valueOf(in.readLine()));
                say(client, answer);
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
            }
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

package postern.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Lets everybody in, or nobody, and from there on only writes down what it hears. */
final class MailServerThatListens implements AutoCloseable {

    /** In the place of an answer. */
    static final String HANG_UP = "";

    private static final int PATIENCE_SECONDS = 5;

    /** Who finds no place in the queue hears nothing for seconds: it has to hold all who may come at once. */
    private static final int QUEUE = 1_000;

    private final ServerSocket door;
    private final String greeting;
    private final List<String> answers;
    private final Deque<Socket> clients = new ConcurrentLinkedDeque<>();
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
        this.door = new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
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

    /** To whoever came last. */
    void say(String line) throws IOException {
        say(clients.getLast(), line);
    }

    /** On everybody, without a word. */
    void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                clients.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            say(client, greeting);
            for (String answer : answers) {
                if (answer.equals(HANG_UP)) {
                    return;
                }
                heardFirst.add(line(in));
                say(client, answer);
            }
            while (true) {
                heard.add(line(in));
            }
        } catch (IOException _) {
            // the client left, or we did
        }
    }

    /** Up to CR LF: what else some take for the end of a line is part of it, and one without an end is none. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        for (int one = in.read(); one != '\n' || last != '\r'; one = in.read()) {
            if (one < 0) {
                throw new EOFException();
            }
            line.write(one);
            last = one;
        }
        return new String(line.toByteArray(), 0, line.size() - 1, StandardCharsets.UTF_8);
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}

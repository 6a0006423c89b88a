package postern.app;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Lets everybody in, asks for their message, and stops reading it until it is told to go on. */
final class MailServerThatStops implements AutoCloseable {

    private final ServerSocket door;
    private final List<String> answers;
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicLong taken = new AtomicLong();

    /**
     * Speaks anything.
     *
     * @param answers the greeting, and then one to each line; behind the last comes the message
     */
    MailServerThatStops(List<String> answers) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.answers = answers;
        Thread.startVirtualThread(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    void goOn() {
        goOn.countDown();
    }

    /** Of the message. */
    long taken() {
        return taken.get();
    }

    private void serve() {
        try (Socket client = door.accept();
                InputStream in = new BufferedInputStream(client.getInputStream(), 1 << 13)) {
            say(client, answers.getFirst());
            for (String answer : answers.subList(1, answers.size())) {
                while (in.read() != '\n') {}
                say(client, answer);
            }
            goOn.await();
            byte[] some = new byte[1 << 16];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                taken.addAndGet(read);
            }
        } catch (IOException _) {
            // the client left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

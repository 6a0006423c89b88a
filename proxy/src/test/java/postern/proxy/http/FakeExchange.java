package postern.proxy.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that speaks ActiveSync as Exchange does, with all that Exchange tells about itself. It hears every byte,
 * shares no code with whoever calls, and can be made to say what no real one would.
 */
public final class FakeExchange implements AutoCloseable {

    /** Who finds no place in the queue hears nothing for seconds: it has to hold all who may come at once. */
    private static final int QUEUE = 4_000;

    /**
     * One request.
     *
     * @param connection which one it came on, from 1
     */
    public record Heard(Head head, int connection, LongBody body) {

        public String method() {
            return head.word(0);
        }

        /** As it was written. */
        public String target() {
            return head.word(1);
        }

        @Override
        public String toString() {
            return connection + ": " + head.start();
        }
    }

    private final ServerSocket door;
    private final Optional<SSLContext> tls;
    private final Map<String, ExchangeMailbox> mailboxes = new ConcurrentHashMap<>();
    private final Map<String, HttpAnswer> scripted = new ConcurrentHashMap<>();
    private final Collection<Heard> heard = new ConcurrentLinkedQueue<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private volatile CountDownLatch uploads = new CountDownLatch(0);
    private volatile boolean hasRules = true;

    private FakeExchange(Optional<SSLContext> tls) throws IOException {
        this.door = new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
        this.tls = tls;
        Thread.startVirtualThread(this::serve);
    }

    public static FakeExchange inTheClear() throws IOException {
        return new FakeExchange(Optional.empty());
    }

    public static FakeExchange overTls(SSLContext context) throws IOException {
        return new FakeExchange(Optional.of(context));
    }

    /**
     * Whoever shows this gets to that mailbox; several may share one.
     *
     * @param authorization the whole value of the field
     */
    public FakeExchange letsIn(String authorization, String mailbox) {
        mailboxes.put(authorization, mailbox(mailbox).orElseGet(() -> new ExchangeMailbox(mailbox)));
        return this;
    }

    /** From now on nobody is asked to go by any. */
    public FakeExchange withoutRules() {
        hasRules = false;
        return this;
    }

    /** To all who are let in, from now on. */
    public void says(String command, HttpAnswer answer) {
        scripted.put(command, answer);
    }

    /** A message arrives. */
    public void change(String mailbox) {
        mailbox(mailbox).orElseThrow().arrive();
    }

    /** From now on it reads the beginning of what is sent to it, and then nothing. */
    public void stopReading() {
        uploads = new CountDownLatch(1);
    }

    public void goOnReading() {
        uploads.countDown();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** All requests, in the order in which they were over. */
    public List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** Connections so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Requests that wait for news now. */
    public int hanging() {
        return hanging.get();
    }

    /** Requests that waited for news when the other side hung up. */
    public int cancelled() {
        return cancelled.get();
    }

    /** On everybody, without a word. */
    public void hangUp() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
    }

    private Optional<ExchangeMailbox> mailbox(String owner) {
        return mailboxes.values().stream()
                .filter(one -> one.owner().equals(owner))
                .findFirst();
    }

    Optional<ExchangeMailbox> opens(String authorization) {
        return Optional.ofNullable(mailboxes.get(authorization));
    }

    boolean hasRules() {
        return hasRules;
    }

    Optional<HttpAnswer> scripted(String command) {
        return Optional.ofNullable(scripted.get(command));
    }

    void hears(Heard request) {
        heard.add(request);
    }

    void hangs(int more) {
        hanging.addAndGet(more);
    }

    void isCancelled() {
        cancelled.incrementAndGet();
    }

    void awaitUploads() throws InterruptedException {
        uploads.await();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                int number = accepted.incrementAndGet();
                Thread.startVirtualThread(() -> serve(client, number));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket client, int number) {
        try (client;
                Socket talk = encrypted(client)) {
            clients.add(talk);
            new ExchangeConnection(this, talk, number).serve();
        } catch (IOException | InterruptedException _) {
            // the other side left in the middle, as many a test wants it to
        } finally {
            clients.removeIf(Socket::isClosed);
        }
    }

    private Socket encrypted(Socket client) throws IOException {
        if (tls.isEmpty()) {
            return client;
        }
        SSLSocket socket = (SSLSocket) tls.get().getSocketFactory().createSocket(client, null, 0, true);
        socket.setUseClientMode(false);
        return socket;
    }

    @Override
    public void close() throws IOException {
        uploads.countDown();
        door.close();
        hangUp();
    }
}

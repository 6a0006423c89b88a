package postern.proxy.upstream;

import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import postern.proxy.listen.SampleTls;

/** A mail server that says what its script says, with sockets and TLS of the JDK's own. */
public final class ScriptedUpstream implements AutoCloseable {

    public interface Script {
        void play(Line line) throws IOException, GeneralSecurityException, InterruptedException;
    }

    private final ServerSocket door;
    private final Script script;
    private final AtomicInteger attempts = new AtomicInteger();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<InetAddress> callers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    public ScriptedUpstream(Script script) throws IOException {
        this(InetAddress.getLoopbackAddress().getHostAddress(), script);
    }

    /** At any free port of an address of this machine. */
    public ScriptedUpstream(String address, Script script) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.ofLiteral(address));
        this.script = script;
        Thread.startVirtualThread(this::serve);
    }

    /**
     * Of a server that answers whatever comes, and hangs up behind a goodbye.
     *
     * @param answers each to lines that begin like this; to any other it says nothing
     */
    public static Script answering(String greeting, Map<String, String> answers) {
        return line -> {
            line.say(greeting);
            while (true) {
                String said = line.hear();
                for (Map.Entry<String, String> answer : answers.entrySet()) {
                    if (said.startsWith(answer.getKey())) {
                        line.say(answer.getValue());
                    }
                }
                if (said.endsWith("LOGOUT") || said.equals("QUIT")) {
                    return;
                }
            }
        };
    }

    public int port() {
        return door.getLocalPort();
    }

    public int attempts() {
        return attempts.get();
    }

    public Queue<String> heard() {
        return heard;
    }

    public Queue<InetAddress> callers() {
        return callers;
    }

    /** As RFC 7469 has it. */
    public static String pin(X509Certificate certificate) throws GeneralSecurityException {
        byte[] key = certificate.getPublicKey().getEncoded();
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private void serve() {
        while (!door.isClosed()) {
            try (Socket socket = door.accept()) {
                attempts.incrementAndGet();
                callers.add(socket.getInetAddress());
                script.play(new Line(socket));
            } catch (IOException | GeneralSecurityException | InterruptedException _) {
                // The other side left in the middle of the script, as many a test wants it to.
            }
        }
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        door.close();
    }

    /** The script's end of a connection. */
    public final class Line {

        private Socket socket;

        private Line(Socket socket) {
            this.socket = socket;
        }

        /** In one packet. */
        public void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** A letter at a time. */
        public void trickle(String text) throws IOException {
            for (int i = 0; i < text.length(); i++) {
                say(text.substring(i, i + 1));
            }
        }

        /** Hears one line, and tells it by {@link ScriptedUpstream#heard}. */
        public String hear() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = socket.getInputStream().read();
                    b != '\n';
                    b = socket.getInputStream().read()) {
                if (b < 0) {
                    throw new IOException("hung up");
                }
                line.write(b);
            }
            String said = line.toString(StandardCharsets.UTF_8).stripTrailing();
            heard.add(said);
            return said;
        }

        public void turnOnTls(X509Bundle certificate) throws IOException, GeneralSecurityException {
            turnOn(SampleTls.server(certificate), false);
        }

        /** Lets nobody in who has none of our authority's. */
        public void turnOnTlsForThoseWithACertificate(X509Bundle certificate)
                throws IOException, GeneralSecurityException {
            turnOn(SampleTls.serverWithAGate(certificate), true);
        }

        private void turnOn(SSLContext context, boolean demanding) throws IOException {
            SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, 0, true);
            tls.setUseClientMode(false);
            tls.setNeedClientAuth(demanding);
            tls.startHandshake();
            socket = tls;
        }

        /** Says nothing, for as long as the test takes. */
        public void fallSilent() throws InterruptedException {
            over.await();
        }
    }
}

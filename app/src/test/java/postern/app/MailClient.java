package postern.app;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Somebody at a terminal, who trusts one CA and checks names. */
public class MailClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final String host;
    private final Path ca;
    private final Socket tcp;
    private Socket socket;
    private String greeting = "";

    protected MailClient(String host, int port, Path ca) throws IOException {
        this(host, ca, new Socket(host, port));
    }

    private MailClient(String host, Path ca, Socket tcp) throws IOException {
        this.host = host;
        this.ca = ca;
        this.tcp = tcp;
        tcp.setTcpNoDelay(true); // or a login waits 40 ms behind the handshake, which adds up over hundreds of them
        this.socket = tcp;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static MailClient overTls(String host, int port, Path ca) throws Exception {
        return new MailClient(host, port, ca).greeted(true);
    }

    /**
     * Somebody who comes from this address of this machine.
     *
     * @param ahead what they say before all else, in the clear
     */
    static MailClient overTls(String from, String ahead, String host, int port, Path ca) throws Exception {
        Socket tcp = new Socket(InetAddress.getByName(host), port, InetAddress.getByName(from), 0);
        MailClient client = new MailClient(host, ca, tcp);
        client.send(ahead);
        return client.greeted(true);
    }

    public static MailClient inTheClear(String host, int port, Path ca) throws Exception {
        return new MailClient(host, port, ca).greeted(false);
    }

    protected final MailClient greeted(boolean tls) throws Exception {
        if (tls) {
            encrypt();
        }
        greeting = line();
        return this;
    }

    public final void encrypt() throws Exception {
        SSLSocket encrypted =
                (SSLSocket) trusting(ca).getSocketFactory().createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        socket = encrypted;
    }

    /** Believes one authority and no other. */
    public static SSLContext trusting(Path authority) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    public final String greeting() {
        return greeting;
    }

    /** Byte by byte: a buffer could swallow what the server says next, in TLS. */
    public final String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = socket.getInputStream().read();
                letter != '\n';
                letter = socket.getInputStream().read()) {
            if (letter < 0) {
                throw new EOFException("The server hung up after: " + line);
            }
            line.append((char) letter);
        }
        return line.toString().replace("\r", "");
    }

    /** Everything that is said up to the line that begins so. */
    public final String until(String start) throws IOException {
        StringBuilder heard = new StringBuilder();
        String line;
        do {
            line = line();
            heard.append(line).append('\n');
        } while (!line.startsWith(start));
        return heard.toString();
    }

    /** Says it and does not wait for an answer. */
    public final void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Says a line, and hears one. */
    public final String ask(String command) throws IOException {
        send(command + "\r\n");
        return line();
    }

    /** Reads so many bytes and forgets them; fewer when the other side hangs up. */
    public final long skip(long bytes) throws IOException {
        byte[] some = new byte[1 << 16];
        long left = bytes;
        for (int read = 0; left > 0 && read >= 0; left -= Math.max(read, 0)) {
            read = socket.getInputStream().read(some, 0, (int) Math.min(left, some.length));
        }
        return bytes - left;
    }

    /** Leaves as a phone does that drives into a tunnel: without a word, not even TLS's. */
    public final void abort() throws IOException {
        tcp.setSoLinger(true, 0);
        tcp.close();
    }

    /** Says that nothing more will come, and listens on: a pipe does so when its input ends. */
    public final void fallSilent() throws IOException {
        tcp.shutdownOutput();
    }

    /** Whether the other side has hung up. */
    public final boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public final void close() throws IOException {
        socket.close();
    }
}

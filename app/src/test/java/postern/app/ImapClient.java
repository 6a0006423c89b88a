package postern.app;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Somebody at a terminal, who trusts one CA and checks names. */
public final class ImapClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 5000;

    private final String host;
    private final Path ca;
    private Socket socket;
    private String greeting = "";
    private int said;

    private ImapClient(String host, int port, Path ca) throws IOException {
        this.host = host;
        this.ca = ca;
        this.socket = new Socket(host, port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    public static ImapClient overTls(String host, int port, Path ca) throws Exception {
        ImapClient client = new ImapClient(host, port, ca);
        client.encrypt();
        client.greeting = client.line();
        return client;
    }

    public static ImapClient inTheClear(String host, int port, Path ca) throws IOException {
        ImapClient client = new ImapClient(host, port, ca);
        client.greeting = client.line();
        return client;
    }

    public void encrypt() throws Exception {
        SSLSocket encrypted =
                (SSLSocket) trusting(ca).getSocketFactory().createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        socket = encrypted;
    }

    /** Believes one authority and no other. */
    static SSLContext trusting(Path authority) throws Exception {
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

    public String greeting() {
        return greeting;
    }

    public String authenticatePlain(String mailbox, String user, String password) throws IOException {
        String words = mailbox + "\0" + user + "\0" + password;
        return say("AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)));
    }

    /** Everything that is said back, the line with our tag last. */
    public String say(String command) throws IOException {
        String tag = "a" + ++said;
        socket.getOutputStream().write((tag + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return until(tag + " ");
    }

    /** Byte by byte: a buffer could swallow what the server says next, in TLS. */
    public String line() throws IOException {
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
    public String until(String start) throws IOException {
        StringBuilder heard = new StringBuilder();
        String line;
        do {
            line = line();
            heard.append(line).append('\n');
        } while (!line.startsWith(start));
        return heard.toString();
    }

    /** Says it and does not wait for an answer. */
    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the other side has hung up. */
    public boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package postern.proxy.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client with a socket of the JDK's own, which shares no code with what it knocks at. */
public final class SocketClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;

    private SocketClient(Socket socket) {
        this.socket = socket;
    }

    public static SocketClient connect(InetSocketAddress door) throws IOException {
        return connect(door, "127.0.0.1");
    }

    /** From one of the many addresses that this machine has for itself. */
    public static SocketClient connect(InetSocketAddress door, String from) throws IOException {
        Socket socket = new Socket(door.getAddress(), door.getPort(), InetAddress.getByName(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new SocketClient(socket);
    }

    /** In one packet. */
    public void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    public void say(byte[] packet) throws IOException {
        socket.getOutputStream().write(packet);
    }

    /** One line without its end, and no byte beyond it; nothing more, and the line is empty, when it hung up. */
    public String hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = read(); b >= 0 && b != '\n'; b = read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Whether the other side closed without another word. */
    public boolean isHungUp() throws IOException {
        return read() < 0;
    }

    private int read() throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException _) {
            return -1; // reset: hung up, and not politely
        }
    }

    /** From here on TLS, the first byte of which is on its way at once. */
    public SocketClient turnOnTls() throws IOException {
        SSLSocket tls = (SSLSocket)
                SampleTls.client().getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        socket = tls;
        return this;
    }

    /** The same with these bytes in front, in one packet. */
    public SocketClient turnOnTls(byte[] ahead) throws IOException {
        socket = new AheadSocket(socket, ahead);
        return turnOnTls();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

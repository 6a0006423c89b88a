package postern.bench.doors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Of this machine, and of nobody else's. */
final class Ports {

    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private Ports() {}

    static InetSocketAddress here(int port) {
        return new InetSocketAddress(HERE, port);
    }

    /** For those who cannot be asked which one they took. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }
}

package postern.app.dovecot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that nobody listens on just now, for servers that cannot tell which one they took. */
public final class FreePorts {

    private FreePorts() {}

    public static List<Integer> on(String host, int howMany) throws IOException {
        // All are held until all are known, or two could be the same.
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < howMany; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName(host)));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket one : held) {
                one.close();
            }
        }
    }
}

package postern.app.dovecot;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nobody listens on just now, for servers that cannot tell which one they took. */
public final class FreePorts {

    /** Of those that the system gives to clients, one could be taken before its server has started. */
    private static final int LOWEST = 20_000;

    private static final int BEYOND = 32_768;
    private static final int MOST_TRIES = 1_000;

    private FreePorts() {}

    public static List<Integer> on(String host, int howMany) throws IOException {
        // All are held until all are known, or two could be the same.
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < howMany; tries++) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND);
                try {
                    held.add(new ServerSocket(port, 1, InetAddress.getByName(host)));
                } catch (BindException e) {
                    if (tries > MOST_TRIES) {
                        throw e;
                    }
                }
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket one : held) {
                one.close();
            }
        }
    }
}

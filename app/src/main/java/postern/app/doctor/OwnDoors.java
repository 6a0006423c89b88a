package postern.app.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import postern.config.ListenerSettings;

/** Where this machine's Postern listens itself: a mail server at such an address is none. */
record OwnDoors(List<ListenerSettings> listeners) {

    Optional<String> at(InetSocketAddress called) {
        return listeners.stream()
                .filter(listener -> listener.port() == called.getPort())
                .filter(listener -> isAt(InetAddress.ofLiteral(listener.address()), called.getAddress()))
                .map(listener -> "listeners." + listener.name())
                .findFirst();
    }

    private static boolean isAt(InetAddress door, InetAddress called) {
        return door.isAnyLocalAddress() ? isOurs(called) : door.equals(called);
    }

    private static boolean isOurs(InetAddress called) {
        try {
            return called.isLoopbackAddress() || NetworkInterface.getByInetAddress(called) != null;
        } catch (SocketException _) {
            return false;
        }
    }
}

package postern.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which addresses and ports are taken. Port 0 takes any free one, so that never collides. */
final class Doors {

    private final Mistakes mistakes;
    private final Map<InetSocketAddress, Found> taken = new HashMap<>();

    Doors(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /** Whoever is written later is told, and never the manual. */
    void claim(Found port, String address, int number) {
        Optional<InetAddress> ip = Values.address(address);
        if (number == 0 || ip.isEmpty()) {
            return;
        }
        taken.merge(new InetSocketAddress(ip.get(), number), port, (one, other) -> {
            boolean inOrder = one.place().compareTo(other.place()) <= 0;
            Found first = inOrder ? one : other;
            Found second = inOrder ? other : one;
            mistakes.note(second.place(), second.path(), Values.seen(second.value()), "not that of " + first.path());
            return first;
        });
    }
}

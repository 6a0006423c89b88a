package postern.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which addresses and ports are taken, and whether a way upstream would lead back to one of them. Port 0 takes any free one, so
 * that never collides.
 */
final class Doors {

    private final Mistakes mistakes;
    private final Map<InetSocketAddress, Found> taken = new HashMap<>();
    private final List<Way> ways = new ArrayList<>();

    /**
     * To where somebody is to be called.
     *
     * @param at where the host is written
     */
    private record Way(Found at, String host, int port) {}

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

    void leadsTo(Found at, String host, int port) {
        ways.add(new Way(at, host, port));
    }

    /**
     * Once all is read: a way to ourselves would go round for ever. By names and addresses alone; what a name server says is
     * seen when a connection comes back.
     */
    void refuseLoops(Optional<String> serverName) {
        for (Way way : ways) {
            taken.entrySet().stream()
                    .filter(door -> door.getKey().getPort() == way.port)
                    .filter(door ->
                            serverName.filter(way.host::equalsIgnoreCase).isPresent()
                                    || isAt(door.getKey().getAddress(), way.host))
                    .map(door -> door.getValue().path())
                    .min(Comparator.naturalOrder())
                    .ifPresent(door -> mistakes.note(
                            way.at.place(),
                            way.at.path(),
                            '"' + way.host + '"',
                            "another than Postern itself, " + door));
        }
    }

    private static boolean isAt(InetAddress door, String host) {
        Optional<InetAddress> called =
                host.equals("localhost") ? Optional.of(InetAddress.getLoopbackAddress()) : Values.address(host);
        return called.filter(address -> door.isAnyLocalAddress()
                        ? address.isLoopbackAddress() || address.isAnyLocalAddress()
                        : address.equals(door))
                .isPresent();
    }
}

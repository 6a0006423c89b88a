package postern.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where a process listens, as the kernel knows it. */
final class OpenPorts {

    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENS = "0A";

    private OpenPorts() {}

    /** Addresses and ports, as {@code /proc/net/tcp} writes the one and people the other. */
    static Set<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        Set<String> sockets = sockets(process.resolve("fd"));
        Set<String> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(process.resolve("net").resolve(table))) {
                String[] words = line.strip().split(" +", -1);
                if (words[STATE].equals(LISTENS) && sockets.contains("socket:[" + words[INODE] + "]")) {
                    String[] address = words[LOCAL_ADDRESS].split(":", -1);
                    ports.add(address[0] + " " + Integer.parseInt(address[1], 16));
                }
            }
        }
        return ports;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path one : all.toList()) {
                if (Files.isSymbolicLink(one)) {
                    sockets.add(Files.readSymbolicLink(one).toString());
                }
            }
        }
        return sockets;
    }
}

package postern.proxy.listen;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import postern.config.ListenerSettings;
import postern.config.TlsSettings;

/**
 * The certificates of all doors, and how they are exchanged while the doors stay open: all are read, checked and made
 * ready for every door before the first one is shown, so that files that are no good change nothing.
 */
public final class DoorKeys {

    private final TlsSettings settings;
    private final TlsObserver observer;
    private final InstantSource clock;
    private final List<DoorTls> doors = new ArrayList<>();
    private volatile Certificates certificates;

    private DoorKeys(TlsSettings settings, Certificates certificates, TlsObserver observer, InstantSource clock) {
        this.settings = settings;
        this.certificates = certificates;
        this.observer = observer;
        this.clock = clock;
    }

    /** Throws what the operator must mend, naming the file. */
    public static DoorKeys read(TlsSettings settings, TlsObserver observer, InstantSource clock) throws IOException {
        return new DoorKeys(settings, Certificates.read(settings), observer, clock);
    }

    /** One more door, which shows the certificates of the moment. */
    public synchronized DoorTls door(ListenerSettings listener) throws IOException {
        DoorTls door = new DoorTls(listener, certificates, observer);
        doors.add(door);
        return door;
    }

    /** Reads the files again, for connections from now on; or throws what is wrong with them, and nothing is changed. */
    public synchronized void reload() throws IOException {
        Certificates fresh = Certificates.read(settings);
        fresh.refuseExpired(clock.instant());
        Map<DoorTls, DoorTls.Contexts> ready = new LinkedHashMap<>();
        for (DoorTls door : doors) {
            ready.put(door, door.contexts(fresh));
        }
        ready.forEach(DoorTls::use);
        certificates = fresh;
    }

    /** When each certificate, by its name, is refused by clients. */
    public Map<String, Instant> expiries() {
        return certificates.expiries();
    }
}

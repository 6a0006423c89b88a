package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/** A full handshake, a login that Postern has a recent match of, and goodbye. */
final class DoorLogins implements Bench {

    private static final int PEOPLE = 100;
    private static final int LOGINS = 1_500;
    private static final int TURNS = 5;
    private static final Duration TIME = Duration.ofSeconds(60);

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            List<Door> doors = new ArrayList<>(house.openPeers(Peer.HAPROXY, Peer.NGINX, Peer.DOVECOT));
            Door postern = house.openPostern();
            doors.add(postern);
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            visits.warmUp(postern);
            CpuTurns turns = new CpuTurns(doors);
            turns.take(TURNS, TIME, door -> visits.logIns(door, LOGINS));
            return turns.figures(
                    "CPU of 1,000 logins by TLS 1.3", 1e3 / LOGINS, " s", new Compared("HAProxy", 1, 0.85));
        }
    }
}

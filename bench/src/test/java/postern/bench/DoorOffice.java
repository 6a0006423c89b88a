package postern.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import postern.bench.DoorCrowd.Outcome;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;

/** An office behind one address, in which some of the phones have an old secret. */
final class DoorOffice implements Bench {

    private static final int PEOPLE = 100;
    private static final String OFFICE = "127.100.77.7";
    private static final Pace BAD = new Pace(20);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int MOST_MILLIS = 15;

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            List<Door> peers = house.openPeers(Peer.DOVECOT);
            Door postern = house.openPostern();
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            visits.warmUp(postern);
            List<Figure> figures = new ArrayList<>();
            for (Door peer : peers) {
                Outcome outcome = come(clients, visits, peer);
                figures.add(Figure.told(
                        "p99 of the good ones: " + peer, outcome.answered().p99Millis(), " ms"));
                figures.add(Figure.count("failed of them: " + peer, outcome.failed()));
            }
            Outcome outcome = come(clients, visits, postern);
            figures.add(Figure.atMost(
                    "p99 of the good ones", MOST_MILLIS, outcome.answered().p99Millis(), " ms"));
            figures.add(Figure.exactly("failed of them", 0, outcome.failed()));
            return figures;
        }
    }

    private static Outcome come(Clients clients, DoorVisits visits, Door door) {
        return new DoorCrowd(clients, visits, door, _ -> OFFICE).come(TIME, BAD, _ -> OFFICE);
    }
}

package postern.bench;

import java.time.Duration;
import java.util.List;
import postern.bench.DoorCrowd.Outcome;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;

/** Good logins from where their people always are, beside many bad ones at the same names from elsewhere. */
final class DoorFlood implements Bench {

    private static final int PEOPLE = 100;
    private static final int ADDRESSES = 4_096;
    private static final int OF_THE_WARM_UP = 32;
    private static final int OF_THE_FLOOD = 16;
    private static final Pace NONE = new Pace(0);
    private static final Pace BAD = new Pace(300);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration TIME = Duration.ofSeconds(15);
    private static final int MOST_MILLIS = 15;

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            Door postern = house.openPostern();
            DoorVisits visits = new DoorVisits(clients, PEOPLE);
            visits.warmUp(postern);
            DoorCrowd crowd = new DoorCrowd(clients, visits, postern, number -> DoorVisits.address(number % PEOPLE));
            crowd.come(WARM_UP, BAD, number -> guesser(OF_THE_WARM_UP, number));
            Outcome quiet = crowd.come(TIME, NONE, number -> guesser(OF_THE_FLOOD, number));
            Outcome flooded = crowd.come(TIME, BAD, number -> guesser(OF_THE_FLOOD, number));
            return List.of(
                    Figure.told(
                            "p99 of a good login, with no bad ones",
                            quiet.answered().p99Millis(),
                            " ms"),
                    Figure.told("bad ones beside", (double) flooded.guesses() / TIME.toSeconds(), "/s"),
                    Figure.atMost(
                            "p99 of a good one then",
                            MOST_MILLIS,
                            flooded.answered().p99Millis(),
                            " ms"),
                    Figure.exactly("good ones that failed", 0, flooded.failed()));
        }
    }

    /** As many as sixteen whole networks of 256, all of one larger one. */
    private static String guesser(int network, int number) {
        int address = number % ADDRESSES;
        return "127." + network + "." + address / 256 + "." + address % 256;
    }
}

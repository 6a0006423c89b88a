package postern.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.House;
import postern.bench.doors.Peer;
import postern.bench.doors.Phone;

/** Phones that wait for news, each with a TLS session here and a request at the server behind. */
final class DoorPings implements Bench {

    private static final int PEOPLE = 100;
    private static final int PHONES = 2_000;
    private static final int MUST_KIB = 30;
    private static final int AIM_KIB = 22;
    private static final int WARM_UP_PHONES = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    @Override
    public List<Figure> measure() throws Exception {
        try (House house = House.build();
                Clients clients = new Clients()) {
            Residents.moveIn(house, PEOPLE);
            DoorPhones phones = new DoorPhones(clients, PEOPLE);
            List<Figure> figures = new ArrayList<>();
            for (Door door : house.openPeers(Peer.HAPROXY_HTTPS, Peer.NGINX_HTTPS)) {
                double before = door.memoryKib();
                List<Phone> hanging = hang(house, phones, door);
                figures.add(Figure.told(what(door), (door.memoryKib() - before) / PHONES, " KiB"));
                leave(house, hanging);
            }
            figures.addAll(postern(house, phones));
            return figures;
        }
    }

    private static List<Figure> postern(House house, DoorPhones phones) throws Exception {
        Door door = house.openPosternForHttps(PosternMemory.HEAP);
        List<Phone> first = phones.connect(door, WARM_UP_PHONES);
        DoorPhones.warmUp(first);
        first.forEach(Phone::close);
        PosternMemory before = PosternMemory.of(door);
        hang(house, phones, door);
        return PosternMemory.of(door).figures(before, what(door), PHONES, MUST_KIB, AIM_KIB);
    }

    private static String what(Door door) {
        return "memory for one of %,d hanging Pings: %s".formatted(PHONES, door);
    }

    private static List<Phone> hang(House house, DoorPhones phones, Door door) throws IOException {
        List<Phone> all = phones.connect(door, PHONES);
        all.forEach(Phone::ping);
        await(house, PHONES);
        return all;
    }

    private static void leave(House house, List<Phone> hanging) throws IOException {
        hanging.forEach(Phone::close);
        await(house, 0);
    }

    private static void await(House house, int expected) throws IOException {
        long began = System.nanoTime();
        for (int there = house.hangingPings(); there != expected; there = house.hangingPings()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new IOException("hanging Pings: " + there + " (expected: " + expected + ")");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}

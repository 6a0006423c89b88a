package postern.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import postern.bench.doors.Clients;
import postern.bench.doors.Door;
import postern.bench.doors.Phone;

/**
 * Who comes to a door by ActiveSync.
 *
 * @param people who they are: the first so many, in turns
 */
record DoorPhones(Clients clients, int people) {

    private static final int WARM_UP_ROUND = 500;
    private static final int WARM_UP_ROUNDS = 40;

    /** Connected, and nothing asked yet. */
    List<Phone> connect(Door door, int count) {
        List<Phone> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int person = i % people;
            all.add(clients.connectPhone(
                    door.port(), DoorVisits.address(i), People.name(person).value(), People.secret(person)));
        }
        return all;
    }

    /** Until all that is to be compiled is. */
    static void warmUp(List<Phone> phones) {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            post(phones, WARM_UP_ROUND / phones.size() + 1);
        }
    }

    /** All at once, each one after the other. */
    static void post(List<Phone> phones, int each) {
        List<CompletableFuture<Void>> all =
                phones.stream().map(phone -> phone.post(each)).toList();
        all.forEach(CompletableFuture::join);
    }
}

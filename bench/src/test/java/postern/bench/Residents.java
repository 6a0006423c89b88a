package postern.bench;

import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import postern.bench.doors.House;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.LoginName;
import postern.credentials.PresentedSecret;
import postern.credentials.Proof;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.Scope;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.KeyFile;
import postern.credentials.hash.LookupKeys;
import postern.credentials.store.SqliteDatabase;

/**
 * So many {@link People} whom all doors of a house know: the store and the keys that Postern finds at its start, hashed
 * at the real cost, and the file that others read.
 */
final class Residents {

    static final HashingCost REAL_COST = new HashingCost(19_456, 2);

    private Residents() {}

    static void moveIn(House house, int count) throws Exception {
        SecureRandom random = new SecureRandom();
        Path keys = house.dataDirectory().resolve("keys");
        Path lookup = keys.resolve("lookup.key");
        Path pepper = keys.resolve("pepper.key");
        KeyFile.create(lookup, random);
        KeyFile.create(pepper, random);
        LookupKeys tags = new LookupKeys(KeyFile.read(lookup));
        Argon2Hasher hasher = new Argon2Hasher(KeyFile.read(pepper), REAL_COST, random);
        try (SampleStore store =
                        SampleStore.on(SqliteDatabase.open(house.dataDirectory().resolve("postern.db")));
                ExecutorService cores = Executors.newFixedThreadPool(Machine.CORES)) {
            var made = IntStream.range(0, count)
                    .mapToObj(i -> cores.submit(() -> appPassword(i, tags, hasher)))
                    .toList();
            for (var one : made) {
                store.accounts().add(Account.person(one.get().owner(), MONDAY), ROOT);
                store.credentials().add(one.get(), People.MOST_PER_ACCOUNT, ROOT);
            }
        }
        house.writePeople(IntStream.range(0, count)
                .mapToObj(i -> People.name(i).value() + ":{PLAIN}" + People.secret(i) + "::::::"));
    }

    private static AppPassword appPassword(int number, LookupKeys tags, Argon2Hasher hasher) {
        LoginName owner = People.name(number);
        PresentedSecret secret = SampleLogins.typed(People.secret(number));
        Proof proof = new Proof.Drawn(tags.tag(owner, secret), hasher.hash(secret.letters(), owner, People.id(number)));
        return new AppPassword(People.id(number), owner, "Phone", proof, Scope.UNLIMITED, MONDAY);
    }
}

package postern.bench;

import static postern.credentials.PresentedSecret.ALPHABET;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.CredentialStore.Addition;
import postern.credentials.LoginName;
import postern.credentials.SampleLogins;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Argon2Hasher;

/** Accounts and secrets by number, the same in each JVM. */
final class People {

    static final int MOST_PER_ACCOUNT = 40;

    private static final int SECRET_LETTERS = 20;

    private People() {}

    static LoginName name(int number) {
        return new LoginName("person" + number + "@example.org");
    }

    static AppPasswordId id(int number) {
        return new AppPasswordId("apw_%016d".formatted(number));
    }

    /** Different for each number, and nothing that anybody guesses here. */
    static String secret(int number) {
        StringBuilder secret = new StringBuilder();
        for (int rest = number; secret.length() < SECRET_LETTERS; rest /= ALPHABET.length()) {
            secret.append(ALPHABET.charAt(rest % ALPHABET.length()));
        }
        return secret.toString();
    }

    static String guess(RandomGenerator random) {
        StringBuilder guess = new StringBuilder();
        for (int i = 0; i < SECRET_LETTERS; i++) {
            guess.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return guess.toString();
    }

    /** IPv4, in as many networks as there are. */
    static String address(int number) {
        return (1 + number / 65_536 % 223) + "." + number % 256 + "." + number / 256 % 256 + "." + (1 + number % 250);
    }

    /** So many, with one app password each, of their own number. */
    static void join(SampleStore store, int count, Argon2Hasher hasher) throws StoreUnavailableException {
        for (int i = 0; i < count; i++) {
            join(store, name(i), List.of(i), hasher);
        }
    }

    /** One, with app passwords of these numbers. */
    static List<AppPassword> join(SampleStore store, LoginName name, List<Integer> numbers, Argon2Hasher hasher)
            throws StoreUnavailableException {
        store.accounts().add(Account.person(name, MONDAY.minusSeconds(7200)), ROOT);
        List<AppPassword> made = new ArrayList<>();
        for (int number : numbers) {
            AppPassword one = SampleLogins.appPassword(name, id(number), SampleLogins.typed(secret(number)), hasher);
            if (store.credentials().add(one, MOST_PER_ACCOUNT, ROOT) != Addition.ADDED) {
                throw new IllegalStateException("not added: " + one.id());
            }
            made.add(one);
        }
        return made;
    }

    static List<Integer> numbers(int from, int count) {
        return IntStream.range(from, from + count).boxed().toList();
    }
}

package postern.credentials;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an organisation allows.
 *
 * @param appPasswords whether there may be any at all
 * @param secondStepRequired whether a person without a second step may make none
 * @param mostPerAccount at any one time
 * @param secretLength of new ones, in letters
 * @param protocols that any app password may open; an app password's own scope narrows this
 * @param longestLife of one, from its making
 * @param unusedAfter one that nobody used for so long is refused, until it is resumed
 * @param issuers who may make them for a person; a device's are made by administrators alone
 * @param importedUntil from when on those are refused whose secret was made elsewhere
 */
public record Policy(
        AppPasswords appPasswords,
        boolean secondStepRequired,
        int mostPerAccount,
        int secretLength,
        Set<Protocol> protocols,
        Optional<Duration> longestLife,
        Optional<Duration> unusedAfter,
        Set<Issuer> issuers,
        Optional<Instant> importedUntil) {

    public static final int LEAST_SECRET_LENGTH = 16;
    public static final int MOST_SECRET_LENGTH = 32;
    public static final int MOST_PER_ACCOUNT = 100;

    private static final Duration A_DAY = Duration.ofDays(1);

    public enum AppPasswords {
        ALLOWED,
        /** What exists works, and is listed and deleted by its owner; there is no new one. */
        NO_NEW,
        /** What exists is refused too, until this is taken back. */
        SUSPENDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public enum Issuer {
        PERSON,
        ADMINISTRATOR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Policy {
        protocols = Set.copyOf(protocols);
        issuers = Set.copyOf(issuers);
        checkMostPerAccount(mostPerAccount);
        checkSecretLength(secretLength);
        checkTime("longest_life", longestLife);
        checkTime("unused_after", unusedAfter);
    }

    static void checkMostPerAccount(int most) {
        refuseOutside("most_per_account", most, 0, MOST_PER_ACCOUNT);
    }

    static void checkSecretLength(int length) {
        refuseOutside("secret_length", length, LEAST_SECRET_LENGTH, MOST_SECRET_LENGTH);
    }

    /** When something was used is known to the day. */
    static void checkTime(String what, Optional<Duration> time) {
        time.filter(tooShort -> tooShort.compareTo(A_DAY) < 0).ifPresent(tooShort -> {
            throw new IllegalArgumentException(what + ": " + tooShort + " (expected: a day or more)");
        });
    }

    private static void refuseOutside(String what, int seen, int least, int most) {
        if (seen < least || seen > most) {
            throw new IllegalArgumentException(what + ": " + seen + " (expected: " + least + " to " + most + ")");
        }
    }
}

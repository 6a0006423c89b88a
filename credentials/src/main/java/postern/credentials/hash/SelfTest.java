package postern.credentials.hash;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.LongStream;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * What hashing costs on this machine, tried at the start. Whatever comes of it, nothing is made weaker.
 *
 * @param one what one check takes, on a thread of the pool
 * @param perSecond how many all threads may check, if each has a core
 * @param nativeBytes what they take at most, outside the Java heap
 */
public record SelfTest(Duration one, long perSecond, long nativeBytes) {

    private static final Duration LONGEST = Duration.ofMillis(100);
    private static final int TRIES = 3;
    private static final LoginName NOBODY = new LoginName("nobody");
    private static final AppPasswordId NOTHING = new AppPasswordId("apw_nothing000000001");

    /** RFC 9106, section 5.3. */
    private static final HashingCost OF_THE_RFC = new HashingCost(32, 3);

    private static final int LANES_OF_THE_RFC = 4;
    private static final byte[] DIGEST_OF_THE_RFC =
            HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");

    /** After a first one, which maps memory: the middle one of three. */
    public static SelfTest run(HashingPool pool, Argon2Hasher hasher, HashingCost cost, int threads, Ticker ticker) {
        var _ = nanos(pool, hasher, ticker);
        long middle = LongStream.generate(() -> nanos(pool, hasher, ticker))
                .limit(TRIES)
                .sorted()
                .skip(TRIES / 2)
                .findFirst()
                .orElseThrow();
        return new SelfTest(
                Duration.ofNanos(middle),
                threads * Duration.ofSeconds(1).toNanos() / Math.max(1, middle),
                threads * cost.bytes());
    }

    /** Whether a login waits for it longer than it should. */
    public boolean isSlow() {
        return one.compareTo(LONGEST) > 0;
    }

    /** Whether the library on this machine makes what everybody else makes, with pepper and owner. */
    public static boolean agreesWithTheRfc(Argon2Hasher hasher) {
        byte[] digest =
                hasher.digest(OF_THE_RFC, LANES_OF_THE_RFC, filled(32, 1), filled(16, 2), filled(8, 3), filled(12, 4));
        return Arrays.equals(digest, DIGEST_OF_THE_RFC);
    }

    private static long nanos(HashingPool pool, Argon2Hasher hasher, Ticker ticker) {
        return pool.run(Turn.of(Lane.FAMILIAR), () -> {
            long began = ticker.read();
            var _ = hasher.hash(filled(20, 'b'), NOBODY, NOTHING);
            return ticker.read() - began;
        });
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }
}

package postern.credentials.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.typed;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.issue.SecretGenerator;

/** C-01, C-10 */
class WarmStartTest {

    private static final KeyRing PEPPER = KeyRing.of(new byte[32]);
    private static final Duration MAX_AGE = Duration.ofMinutes(15);
    private static final Duration KEEP = Duration.ofHours(12);

    private final SecureRandom random = new SecureRandom();
    private final FingerprintKey processKey = FingerprintKey.draw(random);
    private final HashingPool pool = hashingPool();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void afterARestartAKnownSecretNeedsNoArgon2() throws Exception {
        RecentMatches before = matches(MONDAY);
        proves(before, processKey, SCANNER_SECRET, SCANNER);
        warmStart(PEPPER, MONDAY).seal(processKey, before);
        long hashed = pool.done();

        RecentMatches after = matches(MONDAY.plusSeconds(60));
        FingerprintKey key =
                warmStart(PEPPER, MONDAY.plusSeconds(60)).open(after).orElseThrow();

        assertThat(proves(after, key, SCANNER_SECRET, SCANNER)).isTrue();
        assertThat(pool.done()).isEqualTo(hashed);
    }

    @Test
    void ofTenThousandKnownSecretsAllAreKnownAgain() throws Exception {
        SecretGenerator secrets = new SecretGenerator(random);
        List<String> shown = new ArrayList<>();
        List<AppPassword> known = new ArrayList<>();
        RecentMatches before =
                new RecentMatches(KEEP, KEEP, 20_000, InstantSource.fixed(MONDAY), Ticker.disabledTicker());
        for (int i = 0; i < 10_000; i++) {
            shown.add(secrets.draw(20));
            known.add(likeTheScanner(AppPasswordId.draw(random)));
            before.restore(new RecentMatches.Kept(
                    new RecentMatches.Match(known.get(i).id(), processKey.fingerprint(ADA, typed(shown.get(i)))),
                    MONDAY.plus(KEEP)));
        }
        warmStart(PEPPER, MONDAY).seal(processKey, before);

        RecentMatches after =
                new RecentMatches(KEEP, KEEP, 20_000, InstantSource.fixed(MONDAY), Ticker.disabledTicker());
        FingerprintKey key = warmStart(PEPPER, MONDAY).open(after).orElseThrow();

        for (int i = 0; i < 10_000; i++) {
            proves(after, key, shown.get(i), known.get(i));
        }
        assertThat(pool.done()).isZero();
    }

    /** A restart does not make them live any longer. */
    @Test
    void whatWasKeptIsForgottenWhenItWouldHaveBeen() throws Exception {
        RecentMatches before = matches(MONDAY);
        proves(before, processKey, SCANNER_SECRET, SCANNER);
        Instant late = MONDAY.plus(KEEP);
        warmStart(PEPPER, late).seal(processKey, before);
        long hashed = pool.done();

        RecentMatches after = matches(late);
        proves(after, warmStart(PEPPER, late).open(after).orElseThrow(), SCANNER_SECRET, SCANNER);

        assertThat(pool.done()).isEqualTo(hashed + 1);
    }

    @Test
    void isReadOnceAndByItsOwnerAlone() throws Exception {
        warmStart(PEPPER, MONDAY).seal(processKey, matches(MONDAY));
        assertThat(Files.getPosixFilePermissions(file())).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        assertThat(warmStart(PEPPER, MONDAY).open(matches(MONDAY))).isPresent();
        assertThat(file()).doesNotExist();
        assertThat(warmStart(PEPPER, MONDAY).open(matches(MONDAY))).isEmpty();
    }

    @Test
    void anOldOneIsAColdStart() throws Exception {
        warmStart(PEPPER, MONDAY).seal(processKey, matches(MONDAY));
        Instant tooLate = MONDAY.plus(MAX_AGE).plusMillis(1);

        assertThat(warmStart(PEPPER, tooLate).open(matches(tooLate))).isEmpty();
    }

    @Test
    void anotherPepperOrAChangedByteIsAColdStart() throws Exception {
        KeyRing otherPepper = KeyRing.of(new byte[] {1});
        warmStart(PEPPER, MONDAY).seal(processKey, matches(MONDAY));
        assertThat(warmStart(otherPepper, MONDAY).open(matches(MONDAY))).isEmpty();

        for (int at : List.of(0, 7, 8, 20, 40)) {
            warmStart(PEPPER, MONDAY).seal(processKey, matches(MONDAY));
            byte[] sealed = Files.readAllBytes(file());
            sealed[at] ^= 1;
            Files.write(file(), sealed);
            assertThat(warmStart(PEPPER, MONDAY).open(matches(MONDAY)))
                    .as("byte " + at)
                    .isEmpty();
        }
        Files.write(file(), new byte[3]);
        assertThat(warmStart(PEPPER, MONDAY).open(matches(MONDAY))).isEmpty();
    }

    /** The pepper was changed while the server was down. */
    @Test
    void anOlderPepperOfTheRingOpensItToo() throws Exception {
        KeyRing changed = new KeyRing(List.of(KeyRing.Key.of(new byte[] {1}), PEPPER.active()));
        warmStart(PEPPER, MONDAY).seal(processKey, matches(MONDAY));

        assertThat(warmStart(changed, MONDAY).open(matches(MONDAY))).isPresent();
    }

    @Test
    void neitherNamesNorFingerprintsAreReadableInIt() throws Exception {
        RecentMatches before = matches(MONDAY);
        proves(before, processKey, SCANNER_SECRET, SCANNER);
        warmStart(PEPPER, MONDAY).seal(processKey, before);

        assertThat(new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1))
                .doesNotContain(SCANNER.id().value());
    }

    @Test
    void anAgeOfZeroTurnsItOff() throws Exception {
        new WarmStart(file(), PEPPER, Duration.ZERO, InstantSource.fixed(MONDAY), random)
                .seal(processKey, matches(MONDAY));

        assertThat(file()).doesNotExist();
    }

    private boolean proves(RecentMatches matches, FingerprintKey key, String secret, AppPassword candidate) {
        return new PasswordVerifier(CHEAP_HASHER, pool, key, matches)
                .proves(typed(secret), candidate, hashOf(SCANNER), Turn.of(Lane.STRANGER), new CompletableFuture<>());
    }

    private static AppPassword likeTheScanner(AppPasswordId id) {
        return new AppPassword(id, ADA, "Phone", SCANNER.proof(), SCANNER.scope(), MONDAY);
    }

    private static RecentMatches matches(Instant now) {
        return new RecentMatches(KEEP, KEEP, 100, InstantSource.fixed(now), Ticker.disabledTicker());
    }

    private WarmStart warmStart(KeyRing pepper, Instant now) {
        return new WarmStart(file(), pepper, MAX_AGE, InstantSource.fixed(now), random);
    }

    private Path file() {
        return folder.resolve("warm-start");
    }
}

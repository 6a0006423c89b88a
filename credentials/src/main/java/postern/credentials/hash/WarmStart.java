package postern.credentials.hash;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.hash.RecentMatches.Kept;
import postern.credentials.hash.RecentMatches.Match;

/**
 * What a graceful stop leaves for the next start, so that ten thousand phones that come back at once
 * need no Argon2 each: the recent matches and the key they were taken under, sealed by the pepper.
 *
 * <p>It is worth something for minutes, to this server alone, and once: the file is gone when it was
 * opened. Whoever has the pepper and the file can test guesses at one HMAC each, as with the lookup
 * key; whoever has only the file has nothing. What cannot be opened means a cold start, no more.
 */
public final class WarmStart {

    private static final Logger LOG = LoggerFactory.getLogger(WarmStart.class);
    private static final byte[] PURPOSE = "postern warm start 1".getBytes(StandardCharsets.US_ASCII);
    private static final String HMAC = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Path file;
    private final KeyRing peppers;
    private final Duration maxAge;
    private final InstantSource clock;
    private final SecureRandom random;

    /**
     * @param maxAge older ones are worth nothing
     */
    public WarmStart(Path file, KeyRing peppers, Duration maxAge, InstantSource clock, SecureRandom random) {
        this.file = file;
        this.peppers = peppers;
        this.maxAge = maxAge;
        this.clock = clock;
        this.random = random;
    }

    /** Writes what is remembered, for its own account's eyes only. */
    public void seal(FingerprintKey processKey, RecentMatches matches) throws IOException {
        if (maxAge.isZero()) {
            return;
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] header = header(clock.instant(), nonce);
        byte[] sealed = seal(header, nonce, write(processKey, matches));
        Files.deleteIfExists(file);
        SecretFile.create(
                file,
                ByteBuffer.allocate(header.length + sealed.length)
                        .put(header)
                        .put(sealed)
                        .array());
    }

    /**
     * Takes the file away and fills {@code matches} from it.
     *
     * @return the key that the matches were taken under; none when there is no file, or none that may
     *     be believed
     */
    public Optional<FingerprintKey> open(RecentMatches matches) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            byte[] all = Files.readAllBytes(file);
            Files.delete(file);
            return Optional.of(read(unseal(all), matches));
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("cause", String.valueOf(e.getMessage())).log("cold start");
            return Optional.empty();
        }
    }

    private byte[] unseal(byte[] all) throws IOException {
        if (all.length < Long.BYTES + NONCE_BYTES) {
            throw new IOException(file + ": too short");
        }
        ByteBuffer parts = ByteBuffer.wrap(all);
        Instant sealedAt = Instant.ofEpochMilli(parts.getLong());
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] sealed = new byte[parts.remaining()];
        parts.get(sealed);
        byte[] opened = unseal(header(sealedAt, nonce), nonce, sealed);
        Duration age = Duration.between(sealedAt, clock.instant());
        if (age.isNegative() || age.compareTo(maxAge) > 0) {
            throw new IOException(file + ": " + age + " old (expected: at most " + maxAge + ")");
        }
        return opened;
    }

    private static byte[] header(Instant sealedAt, byte[] nonce) {
        return ByteBuffer.allocate(Long.BYTES + NONCE_BYTES)
                .putLong(sealedAt.toEpochMilli())
                .put(nonce)
                .array();
    }

    private byte[] seal(byte[] header, byte[] nonce, byte[] text) {
        try {
            return crypt(Cipher.ENCRYPT_MODE, peppers.active(), header, nonce, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is in every JRE", e);
        }
    }

    /** By the pepper that was in use when it was sealed, which may not be the one in use now. */
    private byte[] unseal(byte[] header, byte[] nonce, byte[] sealed) throws IOException {
        GeneralSecurityException why = new GeneralSecurityException("no key");
        for (KeyRing.Key pepper : peppers.keys()) {
            try {
                return crypt(Cipher.DECRYPT_MODE, pepper, header, nonce, sealed);
            } catch (GeneralSecurityException e) {
                why = e;
            }
        }
        throw new IOException(file + ": not sealed by a pepper of this ring, or changed since", why);
    }

    private static byte[] crypt(int mode, KeyRing.Key pepper, byte[] header, byte[] nonce, byte[] text)
            throws GeneralSecurityException {

        Mac hmac = Mac.getInstance(HMAC);
        hmac.init(new SecretKeySpec(pepper.bytes(), HMAC));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hmac.doFinal(PURPOSE), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(text);
    }

    private static byte[] write(FingerprintKey processKey, RecentMatches matches) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] key = processKey.bytes();
        out.writeInt(key.length);
        out.write(key);
        for (Kept kept : matches.all()) {
            out.writeUTF(kept.match().id().value());
            out.write(kept.match().fingerprint().bytes());
            out.writeLong(kept.until().toEpochMilli());
        }
        return bytes.toByteArray();
    }

    private static FingerprintKey read(byte[] opened, RecentMatches matches) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(opened));
        FingerprintKey key = new FingerprintKey(in.readNBytes(in.readInt()));
        while (in.available() > 0) {
            AppPasswordId id = new AppPasswordId(in.readUTF());
            Fingerprint fingerprint = new Fingerprint(in.readNBytes(Fingerprint.BYTES));
            matches.restore(new Kept(new Match(id, fingerprint), Instant.ofEpochMilli(in.readLong())));
        }
        return key;
    }
}

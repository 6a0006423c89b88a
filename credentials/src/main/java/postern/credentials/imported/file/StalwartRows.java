package postern.credentials.imported.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Stalwart's principals: {@code secrets} has a password, perhaps a second factor, and app passwords
 * in the form {@code $app$name$hash}. The name is in base64, and may have the day it was made behind
 * another {@code $}.
 */
final class StalwartRows {

    private static final String APP = "$app$";

    private StalwartRows() {}

    /** The principal's own password stays behind: it is none for an app. */
    static List<Claim> read(Row row) {
        String login = row.required("name");
        List<String> secrets = row.fields().path("secrets").isArray()
                ? row.list("secrets").orElse(List.of())
                : row.text("secrets").stream().toList();
        List<Claim> claims = secrets.stream()
                .filter(secret -> secret.startsWith(APP))
                .map(secret -> claim(login, secret))
                .toList();
        if (claims.isEmpty()) {
            throw new IllegalArgumentException("secrets: no app password among them (expected: $app$name$hash)");
        }
        return claims;
    }

    private static Claim claim(String login, String secret) {
        int found = secret.indexOf('$', APP.length());
        int end = found < 0 ? secret.length() : found; // then there is no hash, and that is refused
        String label = secret.substring(APP.length(), end);
        String name = decoded(label);
        int day = name.lastIndexOf('$');
        Optional<Instant> made = day < 0 ? Optional.empty() : time(name.substring(day + 1));
        return new Claim(
                "stalwart:" + login.strip() + ":" + DigestUtils.sha256Hex(label).substring(0, 16),
                login,
                Optional.of(made.isPresent() ? name.substring(0, day) : name),
                secret.substring(Math.min(end + 1, secret.length())),
                Set.of(),
                List.of(),
                made,
                Optional.empty(),
                true);
    }

    /** Who wrote it by hand may not have encoded it. */
    private static String decoded(String label) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(label)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return label;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}

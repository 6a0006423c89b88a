package postern.credentials.imported;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;

/**
 * An app password as another system had it, in our words.
 *
 * @param externalId what it is called there: who imports the same file twice has it once
 * @param protocols where it may be used, of {@link #PROTOCOLS}; empty: wherever its owner may
 * @param networks from where it may be used; empty: from anywhere
 * @param active false when it was switched off there, and may be switched on again
 */
public record ImportedPassword(
        String externalId,
        LoginName loginName,
        String name,
        ImportedHash hash,
        Set<String> protocols,
        List<SourceNetwork> networks,
        Instant createdAt,
        Optional<Instant> expiresAt,
        boolean active) {

    public static final List<String> PROTOCOLS = List.of("imap", "pop3", "smtp", "eas", "dav", "sieve");
    public static final int MAX_NAME = 60;

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$&'*+,./:;=?@^_`|~-]{1,400}");
    private static final int MAX_NETWORKS = 16;
    private static final Instant YEAR_1970 = Instant.EPOCH;
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z"); // RFC 3339 ends before it

    public ImportedPassword {
        if (!EXTERNAL_ID.matcher(externalId).matches()) {
            throw new IllegalArgumentException(
                    "external_id: not one (expected: 1 to 400 letters, digits and signs, no spaces or quotes)");
        }
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: not one (expected: 1 to " + MAX_NAME + " characters)");
        }
        if (!PROTOCOLS.containsAll(protocols)) {
            throw new IllegalArgumentException(
                    "protocols: one that is none (expected: " + String.join(", ", PROTOCOLS) + ")");
        }
        if (networks.size() > MAX_NETWORKS) {
            throw new IllegalArgumentException(
                    "networks: " + networks.size() + " (expected: at most " + MAX_NETWORKS + ")");
        }
        protocols = Collections.unmodifiableSet(new TreeSet<>(protocols));
        networks = List.copyOf(networks);
        createdAt = time("created_at", createdAt);
        expiresAt = expiresAt.map(end -> time("expires_at", end));
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(createdAt)) {
            throw new IllegalArgumentException(
                    "expires_at: " + expiresAt.get() + " (expected: after " + createdAt + ")");
        }
    }

    private static Instant time(String field, Instant time) {
        if (time.isBefore(YEAR_1970) || !time.isBefore(YEAR_10000)) {
            throw new IllegalArgumentException(field + ": outside all calendars (expected: 1970 to 9999)");
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}

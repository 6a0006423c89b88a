package postern.credentials.imported.file;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import postern.credentials.SourceNetwork;
import postern.credentials.imported.ImportedHash;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.file.ImportOutcome.Mapped;

/** From what a file says to what we take: the same for all formats. */
final class Mapping {

    /** Whoever shows the right secret waits for it, and others wait for the thread. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private static final Pattern NETWORK =
            Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/\\d{1,3})?");

    private final ImportRules rules;

    Mapping(ImportRules rules) {
        this.rules = rules;
    }

    /** Throws an {@link IllegalArgumentException} that quotes nothing. */
    Mapped map(int line, Claim claim) {
        Set<ImportNote> notes = EnumSet.noneOf(ImportNote.class);
        ImportedHash hash = affordable(ImportedHash.parse(claim.hash(), rules.weak()));
        note(notes, ImportNote.WEAK_HASH, hash.isWeak());
        note(notes, ImportNote.SWITCHED_OFF, !claim.active());
        note(
                notes,
                ImportNote.EXPIRED,
                claim.expiresAt()
                        .filter(end -> !end.isAfter(rules.importedAt()))
                        .isPresent());
        ImportedPassword password = new ImportedPassword(
                claim.externalId(),
                rules.names().read(claim.loginName()),
                ShownName.of(claim.name(), notes),
                hash,
                claim.protocols(),
                claim.networks().stream().map(Mapping::network).toList(),
                claim.createdAt().filter(rules.importedAt()::isAfter).orElse(rules.importedAt()),
                hash.mustExpire() ? Optional.of(soon(claim.expiresAt(), notes)) : claim.expiresAt(),
                claim.active());
        return new Mapped(line, password, notes);
    }

    private static ImportedHash affordable(ImportedHash hash) {
        if (hash.expectedTime().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("hash: " + hash.scheme() + " of about "
                    + hash.expectedTime().toMillis() + " ms (expected: at most " + LONGEST.toMillis() + ")");
        }
        return hash;
    }

    private static void note(Set<ImportNote> notes, ImportNote one, boolean holds) {
        if (holds) {
            notes.add(one);
        }
    }

    /** An end of its own stands when it comes first. */
    private Instant soon(Optional<Instant> end, Set<ImportNote> notes) {
        Instant latest = rules.importedAt().plus(ImportedHash.LIFETIME_OF_A_WEAK_ONE);
        if (end.isPresent() && !end.get().isAfter(latest)) {
            return end.get();
        }
        notes.add(ImportNote.END_SET);
        return latest;
    }

    /**
     * In the strict form: Java also takes 10.1 for an address, and a prefix of ten digits for a small
     * one. What it says of a text that is none has the text in it.
     */
    private static SourceNetwork network(String text) {
        try {
            if (NETWORK.matcher(text).matches()) {
                return SourceNetwork.parse(text);
            }
        } catch (IllegalArgumentException _) {
            // told below, without the text
        }
        throw new IllegalArgumentException("networks: one that is none (expected: as 192.0.2.7 or 2001:db8::/48)");
    }

    static List<String> commaSeparated(String text) {
        return List.of(text.split(",", -1)).stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }
}

package postern.credentials.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whether an entry is as it was written. What is missing is not judged here. */
final class EntryCheck {

    private final AuditEntry entry;
    private final SortedMap<String, String> chained;
    private final String digest;

    /**
     * @param before the digest of the entry before it
     */
    EntryCheck(AuditEntry entry, String before) {
        this.entry = entry;
        this.digest = Sha256.of(before, entry.chained());
        this.chained = digest.equals(entry.digest()) ? Fields.decode(entry.chained()) : new TreeMap<>();
    }

    /** What was altered: seen (expected: …). */
    Optional<String> altered() {
        return digest.equals(entry.digest())
                ? alteredCopy().or(this::alteredPart)
                : Optional.of(told("digest", entry.digest(), digest));
    }

    /** What is committed to and not there. */
    List<PersonalPart> missing() {
        return Arrays.stream(PersonalPart.values())
                .filter(part ->
                        chained.containsKey(part.field()) && part.in(entry).isEmpty())
                .toList();
    }

    private Optional<String> alteredCopy() {
        SortedMap<String, String> copies = new TreeMap<>();
        copies.put("sequence", String.valueOf(entry.sequence()));
        copies.put("event_id", entry.eventId());
        copies.put("at", Fields.time(Instant.ofEpochMilli(entry.at())));
        copies.put("kind", entry.kind());
        copies.put("subject_id", entry.subject().orElse("none"));
        copies.put("actor_id", entry.actor().orElse("none"));
        return copies.entrySet().stream()
                .filter(copy -> !copy.getValue().equals(chained(copy.getKey())))
                .findFirst()
                .map(copy -> told(copy.getKey(), copy.getValue(), chained(copy.getKey())))
                .or(this::alteredSearch);
    }

    private Optional<String> alteredSearch() {
        SearchedBy expected = SearchedBy.of(chained);
        return entry.searchedBy()
                .filter(copies -> !copies.equals(expected))
                .map(copies -> told("searched by", copies, expected));
    }

    private Optional<String> alteredPart() {
        return Arrays.stream(PersonalPart.values())
                .filter(part -> part.in(entry)
                        .filter(kept -> !kept.commitment().equals(chained(part.field())))
                        .isPresent())
                .findFirst()
                .map(part -> told(part.toString(), "another", "what is committed to"));
    }

    private String chained(String field) {
        return chained.getOrDefault(field, "none");
    }

    static String told(String what, Object seen, Object expected) {
        return what + ": " + seen + " (expected: " + expected + ")";
    }
}

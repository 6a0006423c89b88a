package postern.credentials.audit;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import postern.credentials.OneLine;

/**
 * An event in its place in the chain, as the store keeps it. What is personal stands beside the
 * chained text, which holds commitments to it and pseudonyms: so it can go without the chain
 * noticing, and cannot be altered.
 *
 * @param eventId like all up to {@code actor}, a copy out of {@code chained} for the store to search by
 * @param at in milliseconds since 1970
 * @param kind by its dotted name: a newer version may know more of them
 * @param subject a pseudonym
 * @param actor a pseudonym
 * @param searchedBy likewise; empty in an entry of a version that made no such copies
 * @param digest over the digest before it and {@code chained}
 */
public record AuditEntry(
        long sequence,
        String eventId,
        long at,
        String kind,
        Optional<String> subject,
        Optional<String> actor,
        Optional<SearchedBy> searchedBy,
        String chained,
        String digest,
        Optional<Salted> personal,
        Optional<Salted> actorName,
        Optional<Salted> address) {

    /** What the first entry of all stands on. */
    public static final String NO_DIGEST = "0".repeat(64);

    private static final String FACT = "fact.";

    private static final int MAX_NODE = 100;

    /**
     * The entry that the event becomes, with salts of its own.
     *
     * @param before the digest of the entry before it
     * @param node that tells of it
     */
    public static AuditEntry of(
            AuditEvent event,
            Optional<Pseudonym> subject,
            Optional<Pseudonym> actor,
            String node,
            long sequence,
            String before,
            RandomGenerator random) {
        Optional<Salted> personal = personalOf(event).map(text -> Salted.of(text, random));
        Optional<Salted> actorName = event.actor().human().map(name -> Salted.of(name, random));
        Optional<Salted> address = event.origin().address().map(text -> Salted.of(text, random));
        SortedMap<String, String> fields = impersonal(event);
        fields.put("node", OneLine.of(node, MAX_NODE));
        fields.put("sequence", String.valueOf(sequence));
        subject.ifPresent(one -> fields.put("subject_id", one.value()));
        actor.ifPresent(one -> fields.put("actor_id", one.value()));
        personal.ifPresent(text -> fields.put(PersonalPart.SUBJECT.field(), text.commitment()));
        actorName.ifPresent(text -> fields.put(PersonalPart.ACTOR.field(), text.commitment()));
        address.ifPresent(text -> fields.put(PersonalPart.ADDRESS.field(), text.commitment()));
        String chained = Fields.encode(fields);
        return new AuditEntry(
                sequence,
                event.id().value(),
                event.at().toEpochMilli(),
                event.kind().toString(),
                subject.map(Pseudonym::value),
                actor.map(Pseudonym::value),
                Optional.of(SearchedBy.of(fields)),
                chained,
                Sha256.of(before, chained),
                personal,
                actorName,
                address);
    }

    private static SortedMap<String, String> impersonal(AuditEvent event) {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("event_id", event.id().value());
        fields.put("at", Fields.time(event.at()));
        fields.put("kind", event.kind().toString());
        fields.put("actor_kind", event.actor().kind().toString());
        if (event.actor().human().isEmpty()) {
            fields.put("actor_name", event.actor().name());
        }
        event.actor().strength().ifPresent(how -> fields.put("actor_strength", how));
        event.appPassword().ifPresent(id -> fields.put("app_password", id.value()));
        event.origin().protocol().ifPresent(protocol -> fields.put("protocol", protocol.toString()));
        event.origin().requestId().ifPresent(id -> fields.put("request_id", id));
        event.origin().tls().ifPresent(version -> fields.put("tls", version));
        fields.put("outcome", event.outcome().toString());
        event.reason().ifPresent(code -> fields.put("reason", code));
        fields.put("times", String.valueOf(event.times()));
        return fields;
    }

    private static Optional<String> personalOf(AuditEvent event) {
        SortedMap<String, String> fields = new TreeMap<>();
        event.subject().ifPresent(name -> fields.put("login_name", name.toString()));
        event.origin().clientId().ifPresent(client -> fields.put("client_id", client));
        event.facts().forEach((name, value) -> fields.put(FACT + name, value));
        return fields.isEmpty() ? Optional.empty() : Optional.of(Fields.encode(fields));
    }

    /** All that is known of it and not erased, but for the facts. */
    public SortedMap<String, String> fields() {
        SortedMap<String, String> fields = Fields.decode(chained);
        fields.keySet().removeIf(name -> name.endsWith(PersonalPart.COMMITMENTS));
        fields.putAll(ofSubject());
        fields.keySet().removeIf(name -> name.startsWith(FACT));
        actorName.ifPresent(kept -> fields.put("actor_name", kept.text()));
        address.ifPresent(kept -> fields.put("address", kept.text()));
        return fields;
    }

    /** What else there is to know, if it is not erased. */
    public SortedMap<String, String> facts() {
        SortedMap<String, String> facts = new TreeMap<>();
        ofSubject().forEach((name, value) -> {
            if (name.startsWith(FACT)) {
                facts.put(name.substring(FACT.length()), value);
            }
        });
        return facts;
    }

    private SortedMap<String, String> ofSubject() {
        return personal.map(kept -> Fields.decode(kept.text())).orElseGet(TreeMap::new);
    }

    /**
     * What one person may see of it: not who else did it or to whom else, nor from where.
     *
     * @param one the person's pseudonym
     */
    public AuditEntry asSeenBy(String one) {
        boolean aboutThem = subject.equals(Optional.of(one));
        boolean byAnother = actor.isPresent() && !actor.equals(Optional.of(one));
        return new AuditEntry(
                sequence,
                eventId,
                at,
                kind,
                subject,
                actor,
                searchedBy,
                chained,
                digest,
                aboutThem || subject.isEmpty() ? personal : Optional.empty(),
                byAnother ? Optional.empty() : actorName,
                byAnother ? Optional.empty() : address);
    }
}

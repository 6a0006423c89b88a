package postern.credentials.audit;

import java.util.Optional;

/** What stands beside the chained text, and may go. */
enum PersonalPart {
    /** Of the subject: the login name, what the client says it is, the facts. */
    SUBJECT("personal data", "personal_sha256"),
    /** Who did it. */
    ACTOR("actor's name", "actor_sha256"),
    /** Where they were. */
    ADDRESS("address", "address_sha256");

    static final String COMMITMENTS = "_sha256";

    private final String words;
    private final String field;

    PersonalPart(String words, String field) {
        this.words = words;
        this.field = field;
    }

    /** Under which the chained text has the commitment to it. */
    String field() {
        return field;
    }

    Optional<Salted> in(AuditEntry entry) {
        return switch (this) {
            case SUBJECT -> entry.personal();
            case ACTOR -> entry.actorName();
            case ADDRESS -> entry.address();
        };
    }

    @Override
    public String toString() {
        return words;
    }
}

package postern.credentials.audit;

import java.util.random.RandomGenerator;

/** Names one event, wherever it is told. By this, what is written twice is in the chain once. */
public record AuditEventId(String value) {

    private static final String PREFIX = "aud_";

    public AuditEventId {
        RandomName.check(PREFIX, value);
    }

    public static AuditEventId draw(RandomGenerator random) {
        return new AuditEventId(RandomName.draw(PREFIX, random));
    }

    /** Always the same for the same. */
    static AuditEventId of(String what) {
        return new AuditEventId(RandomName.derive(PREFIX, what));
    }

    @Override
    public String toString() {
        return value;
    }
}

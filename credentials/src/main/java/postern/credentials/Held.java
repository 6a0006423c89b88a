package postern.credentials;

import java.net.InetAddress;

/**
 * Whom a hold is about.
 *
 * @param subject a login name, or a network in CIDR notation
 */
public record Held(HoldKind kind, String subject) {

    public static Held name(LoginName name) {
        return new Held(HoldKind.NAME, name.value());
    }

    public static Held source(SourceNetwork network) {
        return new Held(HoldKind.SOURCE, network.toString());
    }

    /** Whether it stands in the way of this name, coming from there. */
    public boolean touches(LoginName name, InetAddress client) {
        return switch (kind) {
            case NAME, DISTRIBUTED -> subject.equals(name.value());
            case SOURCE -> SourceNetwork.parse(subject).contains(client);
        };
    }

    /** A name is one, whatever it was held for. */
    public boolean isSameAs(Held other) {
        return subject.equals(other.subject) && (kind == HoldKind.SOURCE) == (other.kind == HoldKind.SOURCE);
    }
}

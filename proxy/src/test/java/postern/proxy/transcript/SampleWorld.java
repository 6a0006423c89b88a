package postern.proxy.transcript;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.LOOKUP_KEYS;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.tagOf;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.NameRules;
import postern.credentials.PresentedSecret;
import postern.credentials.Sending;
import postern.proxy.listen.LoginByAddress;
import postern.proxy.listen.Rights;
import postern.proxy.upstream.UpstreamFailure;

/** Ada, her scanner and her mail server, as the givens of a transcript would have them. */
public record SampleWorld(Set<Given> givens) {

    public static final Sending AS_SCANNER =
            new Sending(OptionalInt.of(0), OptionalInt.of(0), Set.of(new LoginName("scanner@example.org")));

    private static final Set<Given> UNREACHABLE =
            EnumSet.of(Given.UPSTREAM_DOWN, Given.UPSTREAM_FULL, Given.UPSTREAM_LEAVES);

    private static final NameRules NAMES = new NameRules(Optional.of("example.org"), Map.of("contoso", "example.org"));

    NameRules names() {
        return givens.contains(Given.NAMES) ? NAMES : NameRules.NONE;
    }

    boolean encrypted() {
        return !givens.contains(Given.NO_TLS);
    }

    /** What Ada may do for where she is. */
    Rights rights() {
        return new Rights(
                false,
                givens.contains(Given.TRUSTED_NETWORK),
                givens.contains(Given.KNOWN_ADDRESS)
                        ? Optional.of(new LoginByAddress(ADA, SCANNER_ID))
                        : Optional.empty());
    }

    /** Wipes the secret, as the real one does. */
    LoginOutcome decide(LoginName name, PresentedSecret typed) {
        try (PresentedSecret secret = typed) {
            if (givens.contains(Given.STORE_DOWN)) {
                return new Unavailable("disk full");
            } else if (!secret.isWellFormed()) {
                return new Denied(Reason.NOT_AN_APP_PASSWORD);
            } else if (!LOOKUP_KEYS.tag(name, secret).equals(tagOf(SCANNER))) {
                return new Denied(Reason.NO_MATCH);
            }
            return givens.contains(Given.EXPIRED) ? new Denied(Reason.EXPIRED) : new Accepted(name, SCANNER_ID);
        }
    }

    LoginOutcome decideByAddress(LoginName name, AppPasswordId appPassword) {
        if (givens.contains(Given.STORE_DOWN)) {
            return new Unavailable("disk full");
        }
        return givens.contains(Given.EXPIRED) ? new Denied(Reason.EXPIRED) : new Accepted(name, appPassword);
    }

    /** What Ada's app password lets her send. */
    public Sending sending() {
        return givens.contains(Given.SENDS_NOTHING) ? AS_SCANNER : Sending.UNLIMITED;
    }

    boolean hasRoom() {
        return !givens.contains(Given.NO_ROOM);
    }

    /** Why the mailbox does not open, when it does not. */
    Optional<UpstreamFailure> upstreamFailure() {
        if (givens.stream().anyMatch(UNREACHABLE::contains)) {
            return Optional.of(UpstreamFailure.UNREACHABLE);
        } else if (givens.contains(Given.UPSTREAM_REFUSES)) {
            return Optional.of(UpstreamFailure.REFUSED);
        }
        return givens.contains(Given.NO_ROUTE) ? Optional.of(UpstreamFailure.NO_ROUTE) : Optional.empty();
    }
}

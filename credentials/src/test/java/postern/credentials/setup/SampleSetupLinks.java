package postern.credentials.setup;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.envelope;
import static postern.credentials.grant.SampleGrants.secret;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.grant.Envelope;
import postern.credentials.store.SqlSetupLinks;

/** Links to Ada's app password, and how they are kept. */
public final class SampleSetupLinks {

    public static final Duration LASTS = Duration.ofMinutes(10);
    public static final String REQUEST = "5d1f3a2b";

    private SampleSetupLinks() {}

    public static SetupLinks on(SampleStore store, InstantSource clock) {
        return on(store, envelope(NEW_KEY), clock);
    }

    public static SetupLinks on(SampleStore store, Envelope envelope, InstantSource clock) {
        return new SetupLinks(new SqlSetupLinks(store.changes()), envelope, LASTS, clock, new SecureRandom());
    }

    public static LinkContents contents() {
        return contents(ADA, SCANNER_ID, SCANNER_SECRET);
    }

    public static LinkContents contents(LoginName owner, AppPasswordId appPassword, String secret) {
        return new LinkContents(owner, appPassword, owner, SetupKind.MAIL, secret(secret));
    }
}

package postern.admin;

import java.time.Instant;
import java.util.List;
import postern.credentials.Account;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.consent.Beginning;
import postern.credentials.grant.Grant;
import postern.credentials.issue.Issue.Why;

/** Everything a desk answers. A record each, so a route can forget none and a test compares two. */
public sealed interface Answer {

    record AccountAdded(Account account) implements Answer {}

    record AccountFound(Account account) implements Answer {}

    record AccountExists(LoginName name) implements Answer {}

    record NoSuchAccount(LoginName name) implements Answer {}

    /** The only answer with a secret in it, and the only time it is told. */
    record Issued(LoginName owner, AppPasswordView appPassword, String secret) implements Answer {

        @Override
        public String toString() {
            return "Issued[owner=" + owner + ", appPassword=" + appPassword + ", secret=***]";
        }
    }

    record LimitReached(LoginName owner, int limit) implements Answer {}

    record NotAllowed(LoginName owner, Why why) implements Answer {}

    /**
     * What was asked for cannot be.
     *
     * @param why {@code what: seen (expected: …)}
     */
    record Unfit(String why) implements Answer {}

    record Listed(List<AppPasswordView> appPasswords) implements Answer {}

    /** How it stood with them then. */
    record GrantsListed(List<Grant> grants, Instant at) implements Answer {}

    /** There is a link in it, which works once. */
    record ConsentBegun(Beginning.Link link) implements Answer {}

    record Revoked(AppPasswordId id) implements Answer {}

    record NoSuchAppPassword(LoginName owner) implements Answer {}
}

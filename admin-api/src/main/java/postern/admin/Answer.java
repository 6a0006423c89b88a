package postern.admin;

import java.util.List;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Person;

/** Everything a desk answers. A record each, so a route can forget none and a test compares two. */
public sealed interface Answer {

    record PersonAdded(Person person) implements Answer {}

    record PersonFound(Person person) implements Answer {}

    record PersonExists(LoginName name) implements Answer {}

    record NoSuchPerson(LoginName name) implements Answer {}

    /** The only answer with a secret in it, and the only time it is told. */
    record Issued(LoginName owner, AppPasswordView appPassword, String secret) implements Answer {

        @Override
        public String toString() {
            return "Issued[owner=" + owner + ", appPassword=" + appPassword + ", secret=***]";
        }
    }

    record LimitReached(LoginName owner, int limit) implements Answer {}

    /**
     * What was asked for cannot be.
     *
     * @param why {@code what: seen (expected: …)}
     */
    record Unfit(String why) implements Answer {}

    record Listed(List<AppPasswordView> appPasswords) implements Answer {}

    record Revoked(AppPasswordId id) implements Answer {}

    record NoSuchAppPassword(LoginName owner) implements Answer {}
}

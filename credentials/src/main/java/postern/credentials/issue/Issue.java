package postern.credentials.issue;

import postern.credentials.AppPassword;
import postern.credentials.LoginName;

/** What came of asking for an app password. */
public sealed interface Issue {

    /** The only time the secret is told. */
    record Made(AppPassword appPassword, String secret) implements Issue {

        @Override
        public String toString() {
            return "Made[appPassword=" + appPassword + ", secret=***]";
        }
    }

    record NoSuchPerson(LoginName owner) implements Issue {}

    record LimitReached(int limit) implements Issue {}
}

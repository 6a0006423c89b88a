package postern.credentials.issue;

import java.util.Locale;
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

    record NoSuchAccount(LoginName owner) implements Issue {}

    record LimitReached(int limit) implements Issue {}

    record Refused(Why why) implements Issue {}

    /** Nothing is wrong with what was asked for; it is not to be had. */
    enum Why {
        ACCOUNT_DISABLED,
        /** Policy allows no new ones, or none at all. */
        NONE_ALLOWED,
        /** The person has no second step, and policy asks for one. */
        SECOND_STEP_MISSING,
        /** Policy leaves it to others to make one for this account. */
        OTHERS_ISSUE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}

package postern.credentials.administration;

import java.util.Locale;
import postern.credentials.ApiTokenId;

/** What came of asking for a token, or for another in its place. */
public sealed interface TokenIssue {

    /** The only time the token is told. */
    record Made(ApiTokenRecord made, ApiToken token) implements TokenIssue {}

    record Refused(Why why) implements TokenIssue {}

    record NoSuchToken(ApiTokenId id) implements TokenIssue {}

    /** Nothing takes its place any more: something has already, or it works no longer. */
    record NotToBeRotated(ApiTokenRecord asItIs) implements TokenIssue {}

    /** Nothing is wrong with what was asked for; it is not theirs to ask for. */
    enum Why {
        /** A program makes no other. */
        AUTOMATION,
        /** It could do what they may not. */
        MORE_THAN_THEIRS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

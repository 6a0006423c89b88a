package postern.credentials.consent;

import java.util.Locale;
import postern.credentials.grant.Grant;
import postern.credentials.provider.ProviderWords;

/** What came of asking somebody for their consent. */
public sealed interface ConsentOutcome {

    /** We are let in from now on. */
    record Kept(Grant grant) implements ConsentOutcome {}

    /** We are not, and nothing was changed. */
    record NotKept(Reason reason, ProviderWords why) implements ConsentOutcome {}

    /** Why not. */
    enum Reason {
        /** Nobody was asked, or somebody has come back from it before, or too late. */
        NOT_ASKED,
        /** It comes from somewhere else than where it was asked for. */
        MIXED_UP,
        /** The provider, or the owner at its page, says no. */
        DECLINED,
        /** The provider gives no answer now. */
        NO_ANSWER,
        /** Nobody says whose consent it is. */
        UNPROVEN,
        /** It is the consent of another. */
        WRONG_MAILBOX,
        /** It opens the mailbox for an hour, and never again. */
        DOES_NOT_LAST;

        /** As the audit trail has it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

package postern.credentials.consent;

import java.time.Instant;
import postern.credentials.LoginName;
import postern.credentials.provider.DeviceQuestion;

/** What comes of asking somebody for their consent by a code that they type elsewhere. */
public sealed interface DeviceBeginning permits DeviceBeginning.Code, Beginning.NotPossible {

    /**
     * Whoever types it is asked by the provider.
     *
     * @param owner whose consent it has to be
     */
    record Code(String upstream, LoginName owner, DeviceQuestion question, Instant endsAt) implements DeviceBeginning {}
}

package postern.credentials;

import java.time.Instant;
import java.util.Optional;

/**
 * A login by a device that says who it is.
 *
 * @param shown what it called itself, its version and all
 * @param speaks the version of ActiveSync, if it said which
 */
public record DeviceUse(Instant at, String shown, Optional<String> speaks) {

    /**
     * What is one device. The same program by another protocol is told apart: it may be on another machine.
     *
     * @param device as {@link DevicePin#nameOf} has it
     */
    public record Key(AppPasswordId appPassword, Protocol protocol, String device) {}
}

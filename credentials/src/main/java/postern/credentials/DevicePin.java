package postern.credentials;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether an app password belongs to the first device that used it. A device says who it is, and can
 * lie: a pin makes a stolen secret harder to use, not impossible.
 *
 * @param device what the first one called itself; empty before the first login
 */
public record DevicePin(Mode mode, Optional<String> device) {

    public static final DevicePin OFF = new DevicePin(Mode.OFF, Optional.empty());

    public enum Mode {
        OFF,
        /** Another device gets in, and the operator is told. */
        OBSERVE,
        /** Another device is refused. */
        PIN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing is pinned yet, and this would be it. */
    public boolean takes(Optional<String> shown) {
        return mode != Mode.OFF && device.isEmpty() && shown.isPresent();
    }

    /** One that does not say who it is, is another one. */
    public boolean isOther(Optional<String> shown) {
        return mode != Mode.OFF && device.isPresent() && !nameOf(device).equals(nameOf(shown));
    }

    /** An update is not another device: behind a slash stands its version. */
    public static Optional<String> nameOf(Optional<String> device) {
        return device.map(text -> text.split("/", 2)[0]);
    }

    public boolean refuses(Optional<String> shown) {
        return mode == Mode.PIN && isOther(shown);
    }
}

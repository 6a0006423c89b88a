package postern.credentials;

import java.time.Instant;

/**
 * A device that logs in with an app password.
 *
 * @param name of the app password, as its owner calls it
 */
public record DeviceSeen(
        LoginName owner, AppPasswordId appPassword, String name, Protocol protocol, Instant first, DeviceUse last) {}

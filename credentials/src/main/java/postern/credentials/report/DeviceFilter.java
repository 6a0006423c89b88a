package postern.credentials.report;

import java.util.Optional;
import java.util.Set;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;

/**
 * Which devices somebody wants to see: those of which all of this is so.
 *
 * @param owner of the app password that they use
 * @param speaks versions of ActiveSync, one of which they said they speak when they last came; none: whatever they speak
 */
public record DeviceFilter(Optional<LoginName> owner, Optional<AppPasswordId> appPassword, Set<String> speaks) {

    public static final DeviceFilter ALL = new DeviceFilter(Optional.empty(), Optional.empty(), Set.of());

    public DeviceFilter {
        speaks = Set.copyOf(speaks);
    }

    public DeviceFilter withOwner(LoginName one) {
        return new DeviceFilter(Optional.of(one), appPassword, speaks);
    }

    public DeviceFilter withAppPassword(AppPasswordId one) {
        return new DeviceFilter(owner, Optional.of(one), speaks);
    }

    public DeviceFilter thatSpeaks(Set<String> versions) {
        return new DeviceFilter(owner, appPassword, versions);
    }
}

package postern.credentials.report;

import java.util.Optional;
import postern.credentials.Role;

/**
 * Which accounts somebody wants to see: those of which all of this is so.
 *
 * @param name a part of any name that leads to it, aliases included; in letters of any case
 * @param device whether it is a device's, and not a person's
 * @param group that a person belongs to, or that looks after a device
 */
public record AccountFilter(
        Optional<String> name,
        Optional<Boolean> enabled,
        Optional<Boolean> device,
        Optional<String> group,
        Optional<Role> role) {

    public static final AccountFilter ALL =
            new AccountFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public AccountFilter withName(String part) {
        return new AccountFilter(Optional.of(part), enabled, device, group, role);
    }

    public AccountFilter withEnabled(boolean is) {
        return new AccountFilter(name, Optional.of(is), device, group, role);
    }

    public AccountFilter withDevice(boolean is) {
        return new AccountFilter(name, enabled, Optional.of(is), group, role);
    }

    public AccountFilter withGroup(String one) {
        return new AccountFilter(name, enabled, device, Optional.of(one), role);
    }

    public AccountFilter withRole(Role one) {
        return new AccountFilter(name, enabled, device, group, Optional.of(one));
    }
}

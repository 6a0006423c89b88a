package postern.proxy.http;

import java.util.Optional;
import postern.config.ActiveSyncVersion;

/**
 * What a phone says of itself and of whom it comes for; nobody has proven any of it.
 *
 * @param command Sync, Ping, …
 * @param user empty when it does not say
 */
record Device(
        Optional<String> command,
        Optional<String> user,
        Optional<String> id,
        Optional<String> type,
        Optional<ActiveSyncVersion> version) {

    /** Of who does not say anything, as in a first OPTIONS. */
    static final Device UNKNOWN =
            new Device(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Device speaking(Optional<ActiveSyncVersion> other) {
        return new Device(command, user, id, type, version.or(() -> other));
    }

    /** As it is shown to people, and as an app password is bound to it: what stands behind the slash may change. */
    Optional<String> shown() {
        return id.map(known -> type.map(kind -> known + "/" + kind).orElse(known));
    }
}

package postern.config;

import java.util.Optional;

/**
 * Where an upstream speaks HTTP.
 *
 * @param leastActiveSync the oldest version of ActiveSync that it lets in; empty: it says so itself
 */
public record UpstreamHttpSettings(UpstreamDoorSettings door, Optional<ActiveSyncVersion> leastActiveSync) {

    static UpstreamHttpSettings from(Section in, Section upstream) {
        UpstreamDoorSettings door = UpstreamDoorSettings.from(in, upstream);
        if (door.tls() == UpstreamTls.STARTTLS) {
            in.mistake("tls", "implicit or none: HTTP has no STARTTLS");
        }
        String least = in.text(
                "least-active-sync",
                "a version such as \"16.1\", or \"\"",
                text -> text.isEmpty() || ActiveSyncVersion.read(text).isPresent());
        return new UpstreamHttpSettings(door, ActiveSyncVersion.read(least));
    }
}

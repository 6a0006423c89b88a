package postern.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How people let us into their mailboxes, and when it is told that this ends.
 *
 * @param publicUrl where their browsers reach the admin server; empty: nowhere
 * @param warnBefore empty: nobody is warned
 */
public record ConsentSettings(Optional<URI> publicUrl, Duration linkLasts, Optional<Duration> warnBefore) {

    static ConsentSettings from(Section in) {
        return new ConsentSettings(
                Optional.of(in.text("public-url", "https://…, or http://… on this machine", ConsentSettings::isBase))
                        .filter(text -> !text.isEmpty())
                        .map(text -> URI.create(text.replaceFirst("/$", ""))),
                in.duration("link-lasts", Duration.ofMinutes(1), Duration.ofDays(1)),
                Optional.of(in.durationOrZero("warn-before", Duration.ofHours(1), Duration.ofDays(365)))
                        .filter(time -> !time.isZero()));
    }

    /** A path is put behind it. */
    private static boolean isBase(String text) {
        return text.isEmpty() || (Values.isEndpoint(text) && text.indexOf('?') < 0);
    }

    /** Where a provider sends people back to. */
    public Optional<URI> redirect(UpstreamSettings upstream) {
        return publicUrl.map(base -> URI.create(base + "/consent/" + upstream.name()));
    }
}

package postern.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of ActiveSync: 2.5, 12.1, 14.1, 16.1. */
public record ActiveSyncVersion(int major, int minor) implements Comparable<ActiveSyncVersion> {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3})\\.(\\d)");

    public static Optional<ActiveSyncVersion> read(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        return written.matches()
                ? Optional.of(
                        new ActiveSyncVersion(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(ActiveSyncVersion other) {
        return Integer.compare(major * 10 + minor, other.major * 10 + other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

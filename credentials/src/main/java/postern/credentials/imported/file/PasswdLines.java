package postern.credentials.imported.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Dovecot's passwd-file: {@code user:password:uid:gid:gecos:home:shell:extra}. Of the extra fields,
 * {@code allow_nets} and {@code nologin} are kept; the rest tells of the person and where their mail is,
 * which is not ours.
 */
final class PasswdLines {

    private static final String NETWORKS = "allow_nets=";

    private PasswdLines() {}

    static List<Claim> read(String line) {
        String[] parts = line.split(":", 8);
        if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("line: no user, or no password (expected: user:{SCHEME}hash:…)");
        }
        List<String> extra = parts.length < 8 ? List.of() : List.of(parts[7].split(" ", -1));
        return List.of(new Claim(
                "dovecot:" + parts[0].strip(),
                parts[0],
                Optional.empty(),
                parts[1],
                Set.of(),
                extra.stream().flatMap(PasswdLines::networks).toList(),
                Optional.empty(),
                Optional.empty(),
                extra.stream().noneMatch(field -> field.equals("nologin") || field.startsWith("nologin="))));
    }

    static boolean isComment(String line) {
        return line.startsWith("#");
    }

    /** An empty one would let nobody in there, and everybody here: it is passed on, and refused. */
    private static Stream<String> networks(String field) {
        return field.startsWith(NETWORKS)
                ? Stream.of(field.substring(NETWORKS.length()).split(",", -1)).map(String::strip)
                : Stream.empty();
    }
}

package postern.credentials.imported.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import postern.credentials.NameRules;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.WeakHashes;
import postern.credentials.imported.file.ImportOutcome.Mapped;
import postern.credentials.imported.file.ImportOutcome.Refused;

/** The day of the move: files in, and what came of them. */
final class SampleImports {

    static final Instant MOVING_DAY = Instant.parse("2026-01-05T09:00:00Z");
    static final NameRules NAMES = new NameRules(Optional.of("example.org"), Map.of());
    static final ImportRules STRICT = new ImportRules(WeakHashes.REFUSED, NAMES, MOVING_DAY, 40);
    static final ImportRules WEAK_TOO = new ImportRules(WeakHashes.ACCEPTED, NAMES, MOVING_DAY, 40);

    /** As good as any: its salt is abcd, its secret is not told. */
    static final String A_HASH = "{SSHA256}x/7HNpZ+nA830n1gLrOmbad+W4Wo+P3VcJf+uvHXn0GQArOc";

    private SampleImports() {}

    record Run(List<ImportOutcome> outcomes, MappingReport report) {

        List<ImportedPassword> passwords() {
            return mapped().stream().map(Mapped::password).toList();
        }

        List<Mapped> mapped() {
            return outcomes.stream()
                    .filter(Mapped.class::isInstance)
                    .map(Mapped.class::cast)
                    .toList();
        }

        List<String> refused() {
            return outcomes.stream()
                    .filter(Refused.class::isInstance)
                    .map(Refused.class::cast)
                    .map(one -> one.line() + " " + one.what().replaceFirst(" \\(expected: .*", ""))
                    .toList();
        }
    }

    static Run run(ImportFormat format, ImportRules rules, InputStream in) {
        List<ImportOutcome> outcomes = new ArrayList<>();
        try {
            return new Run(outcomes, new ImportFile(format, rules).read(in, outcomes::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Run runFile(ImportFormat format, ImportRules rules, String name) {
        return run(format, rules, Objects.requireNonNull(SampleImports.class.getResourceAsStream(name)));
    }

    static Run runText(ImportFormat format, String... lines) {
        return run(format, STRICT, text(String.join("\n", lines)));
    }

    /** A row of our own format with these fields besides the three that it must have. */
    static Run runGeneric(String fields) {
        return runText(ImportFormat.GENERIC, generic(fields));
    }

    static String generic(String fields) {
        return "{\"external_id\":\"1\",\"login_name\":\"ada@example.org\",\"hash\":\"" + A_HASH + "\"" + fields + "}";
    }

    static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

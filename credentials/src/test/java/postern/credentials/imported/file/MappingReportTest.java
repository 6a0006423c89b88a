package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static postern.credentials.imported.file.SampleImports.A_HASH;
import static postern.credentials.imported.file.SampleImports.STRICT;
import static postern.credentials.imported.file.SampleImports.generic;
import static postern.credentials.imported.file.SampleImports.runFile;
import static postern.credentials.imported.file.SampleImports.runGeneric;
import static postern.credentials.imported.file.SampleImports.runText;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.LoginName;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.file.SampleImports.Run;

class MappingReportTest {

    /** I-02 */
    @Test
    void saysWhatBecameOfAFile() {
        assertThat(runFile(ImportFormat.MAILCOW, STRICT, "mailcow.ndjson")
                        .report()
                        .lines())
                .containsExactly(
                        "rows 6, mapped 4, refused 2",
                        "scheme BLF-CRYPT: 2",
                        "scheme SHA512-CRYPT: 1",
                        "scheme SSHA256: 1",
                        "note name_made_up: 1",
                        "note weak_hash: 1",
                        "note switched_off: 1",
                        "line 5: hash: {DES-CRYPT} (expected: one of {ARGON2ID} {ARGON2I} {BLF-CRYPT} {SHA512-CRYPT}"
                                + " {SHA256-CRYPT} {PBKDF2} {CRYPT}$2y$ {CRYPT}$5$ {CRYPT}$6$ {SSHA256} {SSHA512}"
                                + " $argon2id$ $argon2i$ $2y$ $5$ $6$ $pbkdf2-sha256$ $pbkdf2-sha512$;"
                                + " {SSHA} {SHA256} {SHA512} {SMD5} $1$ when weak ones are accepted)",
                        "line 6: imap_access, …: none is on (expected: one, or the app password is of no use)");
    }

    @Test
    void tellsTheSameMistakeOnceWithAllItsLines() {
        Run run = runText(ImportFormat.GENERIC, "x", "{}", "{}", generic(""), "{}", "x", "{}", "{}", "{}");

        assertThat(run.report().refusals())
                .extracting(MappingReport.Refusals::lines, MappingReport.Refusals::times)
                .containsExactly(tuple("1, 6", 2), tuple("2-3, 5, 7-9", 6));
    }

    @Test
    void doesNotGrowWithTheImaginationOfAStranger() {
        String[] mistakes = IntStream.range(400, 1_000)
                .mapToObj(i ->
                        "{\"external_id\":\"1\",\"login_name\":\"" + "a".repeat(i) + "\",\"hash\":\"" + A_HASH + "\"}")
                .toArray(String[]::new);

        MappingReport report = runText(ImportFormat.GENERIC, mistakes).report();

        assertThat(report.refused()).isEqualTo(600);
        assertThat(report.refusals()).hasSize(201);
        assertThat(report.refusals().getLast().lines()).isEqualTo("201-600");
    }

    /** I-02: more than a person may have are told, and none is left out. */
    @Test
    void namesThoseWhoHaveTooMany() {
        String[] fortyOne = Collections.nCopies(41, generic("")).toArray(String[]::new);

        assertThat(runText(ImportFormat.GENERIC, fortyOne).mapped()).hasSize(41);
        assertThat(runText(ImportFormat.GENERIC, fortyOne).report().overLimit())
                .isEqualTo(Map.of(new LoginName("ada@example.org"), 41));
        assertThat(runText(
                                ImportFormat.GENERIC,
                                Collections.nCopies(40, generic("")).toArray(String[]::new))
                        .report()
                        .overLimit())
                .isEmpty();
    }

    /** Line ends, escapes of a terminal, a text that turns round, half a character. */
    @ParameterizedTest
    @CsvSource({
        "one\\r\\nINFO LoginLog: login accepted, one  INFO LoginLog: login accepted",
        "\\u001b[2Jgone, '[2Jgone'",
        "a\\u2028b\\u2029c\\u0085d, a b c d",
        "\\u202eenohp, enohp",
        "half \\ud83d, half",
        "NUL\\u0000, NUL",
        "zero\\u200bwidth, zero width"
    })
    void hasNoNameThatBreaksALine(String typed, String shown) {
        Run run = runGeneric(",\"name\":\"" + typed + "\"");

        assertThat(run.passwords()).extracting(ImportedPassword::name).containsExactly(shown);
        assertThat(run.mapped().getFirst().notes()).contains(ImportNote.NAME_CLEANED);
        assertThat(run.report().lines()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }

    @Test
    void cutsANameThatIsTooLongBetweenCharacters() {
        Run run = runGeneric(",\"name\":\"" + "x".repeat(59) + "\ud83d\udc0e and so on\"");

        assertThat(run.passwords()).extracting(ImportedPassword::name).containsExactly("x".repeat(59));
        assertThat(run.mapped().getFirst().notes()).contains(ImportNote.NAME_CUT);
        assertThat(runGeneric(",\"name\":\"" + "x".repeat(60) + "\"")
                        .mapped()
                        .getFirst()
                        .notes())
                .doesNotContain(ImportNote.NAME_CUT);
    }

    /** I-01: within every bound, and still more than a login should wait for. */
    @Test
    void refusesAHashThatIsSlow() {
        Run run = runText(
                ImportFormat.DOVECOT,
                "ada:$2y$14$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q",
                "ada:$2y$13$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q");

        assertThat(run.mapped()).hasSize(1);
        assertThat(run.report().lines()).contains("line 1: hash: BLF-CRYPT of about 819 ms (expected: at most 500)");
    }

    /** H-07 */
    @ParameterizedTest
    @CsvSource({
        "MAILCOW, mailcow.ndjson",
        "MAILU, mailu.ndjson",
        "DOVECOT, dovecot.passwd",
        "STALWART, stalwart.ndjson",
        "GENERIC, generic.ndjson"
    })
    void neverHasAHashInItNorHasAnOutcome(ImportFormat format, String file) throws Exception {
        Run run = runFile(format, STRICT, file);
        String told = run.report() + "\n" + run.outcomes() + "\n" + run.report().lines();

        try (var in = Objects.requireNonNull(MappingReportTest.class.getResourceAsStream(file))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String part : text.split("[^A-Za-z0-9./+=]+", -1)) {
                boolean ofAHash = part.length() >= 22 && !part.equals(part.toLowerCase(Locale.ROOT));
                assertThat(!ofAHash || !told.contains(part)).isTrue();
            }
        }
        assertThat(told).doesNotContain("fission", "hunter2", "JBSWY3DPEHPK3PXP");
    }
}

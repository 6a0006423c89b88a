package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.imported.file.SampleImports.A_HASH;
import static postern.credentials.imported.file.SampleImports.STRICT;
import static postern.credentials.imported.file.SampleImports.generic;
import static postern.credentials.imported.file.SampleImports.run;
import static postern.credentials.imported.file.SampleImports.runGeneric;
import static postern.credentials.imported.file.SampleImports.runText;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.imported.file.SampleImports.Run;

/** I-02: each refusal, with its line; and none with anything in it that could be a secret. */
class ImportRefusalsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not JSON                                     | line: not JSON at column 1",
                "[]                                           | line: no JSON object",
                "\"hunter2\"                                  | line: no JSON object",
                "{} {}                                        | line: not JSON at column 4",
                "{\"hash\":\"hunter2\",\"hash\":\"x\"}        | line: not JSON at column 25",
                "{}                                           | external_id: missing",
                "{\"external_id\":\"1\"}                      | login_name: missing",
                "{\"external_id\":\"1\",\"login_name\":\"a\"} | hash: missing",
                "{\"external_id\":null}                       | external_id: missing",
                "{\"external_id\":[\"hunter2\"]}              | external_id: a list or an object",
                "{\"hunter2\":1}                              | fields: one that is unknown",
            })
    void aLineThatSaysTooLittleOrTooMuch(String line, String complaint) {
        assertThat(runText(ImportFormat.GENERIC, line).refused()).containsExactly("1 " + complaint);
        assertQuotesNothing(runText(ImportFormat.GENERIC, line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",\"protocols\":[\"imap\",\"hunter2\"]           | protocols: one that is none",
                ",\"protocols\":[]                               | protocols: an empty list",
                ",\"protocols\":[1]                              | protocols: something else in it",
                ",\"networks\":[]                                | networks: an empty list",
                ",\"networks\":[\"hunter2\"]                     | networks: one that is none",
                ",\"networks\":[\"mail.example.org\"]            | networks: one that is none",
                ",\"networks\":[\"192.0.2.0/33\"]                | networks: one that is none",
                ",\"networks\":[\"10.1\"]                        | networks: one that is none",
                ",\"networks\":[\"192.0.2.0/4294967290\"]        | networks: one that is none",
                ",\"networks\":[\"fe80::1%eth0\"]                | networks: one that is none",
                ",\"created_at\":\"hunter2\"                     | created_at: not a time",
                ",\"created_at\":\"2024-02-30 10:00:00\"         | created_at: not a time",
                ",\"created_at\":\"1969-12-31T23:59:59Z\"        | created_at: outside all calendars",
                ",\"expires_at\":\"+12026-01-01T00:00:00Z\"      | expires_at: outside all calendars",
                ",\"created_at\":\"2024-02-01\",\"expires_at\":\"2024-02-01T00:00:00Z\""
                        + "                                      | expires_at: 2024-02-01T00:00:00Z",
                ",\"active\":\"hunter2\"                         | active: neither",
                ",\"active\":2                                   | active: neither",
            })
    void aFieldThatIsNone(String fields, String complaint) {
        assertThat(runGeneric(fields).refused()).containsExactly("1 " + complaint);
        assertQuotesNothing(runGeneric(fields));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\\\"b", "a\\\\b", "a\\nb", "a\\u0000b", "\\ud800"})
    void anExternalIdThatCouldBreakALineOfALog(String id) {
        Run run = runText(
                ImportFormat.GENERIC,
                "{\"external_id\":\"" + id + "\",\"login_name\":\"ada\",\"hash\":\"" + A_HASH + "\"}");

        assertThat(run.refused()).hasSize(1).first().asString().startsWith("1 external_id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"victim*master", "a b", "a\\r\\nb", "two@at@signs", "\\u202eada", "DOMAIN\\\\ada"})
    void aLoginNameThatIsNone(String name) {
        Run run = runText(
                ImportFormat.GENERIC,
                "{\"external_id\":\"1\",\"login_name\":\"" + name + "\",\"hash\":\"" + A_HASH + "\"}");

        assertThat(run.refused()).hasSize(1).first().asString().startsWith("1 login name: ");
    }

    /** P-02 */
    @Test
    void moreNetworksThanAnyPolicyAllows() {
        String sixteen =
                IntStream.range(0, 16).mapToObj(i -> "\"192.0.2." + i + "\"").collect(Collectors.joining(","));

        assertThat(runGeneric(",\"networks\":[" + sixteen + "]").refused()).isEmpty();
        assertThat(runGeneric(",\"networks\":[" + sixteen + ",\"192.0.2.99\"]").refused())
                .containsExactly("1 networks: 17");
    }

    @Test
    void aLineThatIsTooLongAndNoneOfThoseAroundIt() {
        String longest = generic(",\"name\":\"" + "x".repeat(Lines.MAX_BYTES));
        String fits = longest.substring(0, Lines.MAX_BYTES - 2) + "\"}";

        Run run = runText(ImportFormat.GENERIC, generic(""), fits, fits + " ", longest.repeat(5), generic(""));

        assertThat(run.refused()).containsExactly("3 line: too long", "4 line: too long");
        assertThat(run.mapped()).extracting(ImportOutcome.Mapped::line).containsExactly(1, 2, 5);
    }

    @Test
    void aLineThatIsNotUtf8() {
        byte[] latin1 = (generic(",\"name\":\"Zo\u00eb\"") + "\n" + generic("")).getBytes(StandardCharsets.ISO_8859_1);

        Run run = run(ImportFormat.GENERIC, STRICT, new ByteArrayInputStream(latin1));

        assertThat(run.refused()).containsExactly("1 line: not UTF-8");
        assertThat(run.mapped()).hasSize(1);
    }

    @Test
    void nothingForABlankLineAMarkOrTheLineEndsOfWindows() {
        Run run = runText(ImportFormat.GENERIC, "\ufeff" + generic("") + "\r", "", " \t\r", generic(""));

        assertThat(run.refused()).isEmpty();
        assertThat(run.mapped()).extracting(ImportOutcome.Mapped::line).containsExactly(1, 4);
        assertThat(run.report().rows()).isEqualTo(2);
    }

    /** Read as everybody, an allow list that lets nobody in would let in everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"allow_nets=", "allow_nets=local", "allow_nets=192.0.2.0/24,"})
    void aDovecotUserWhoseNetworksAreNone(String extra) {
        assertThat(runText(ImportFormat.DOVECOT, "ada:" + A_HASH + "::::::" + extra)
                        .refused())
                .containsExactly("1 networks: one that is none");
    }

    @Test
    void aNestedLineThatWouldFillTheStack() {
        assertThat(runText(ImportFormat.GENERIC, "{\"a\":".repeat(2_000)).refused())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("1 line: not JSON");
    }

    private static void assertQuotesNothing(Run run) {
        assertThat(run.toString()).doesNotContain("hunter2");
        assertThat(run.report().lines()).noneMatch(line -> line.contains("hunter2"));
    }
}

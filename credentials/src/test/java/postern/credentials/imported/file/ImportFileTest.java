package postern.credentials.imported.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static postern.credentials.imported.file.SampleImports.MOVING_DAY;
import static postern.credentials.imported.file.SampleImports.STRICT;
import static postern.credentials.imported.file.SampleImports.WEAK_TOO;
import static postern.credentials.imported.file.SampleImports.runFile;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import postern.credentials.LoginName;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.imported.ImportedPassword;
import postern.credentials.imported.file.ImportOutcome.Mapped;
import postern.credentials.imported.file.SampleImports.Run;

/** I-02: a file of each system, as it comes out of it. */
class ImportFileTest {

    @ParameterizedTest
    @CsvSource({"MAILCOW, mailcow.ndjson, 0", "MAILCOW_CSV, mailcow.csv, 1"})
    void readsMailcowsAppPasswords(ImportFormat format, String file, int header) {
        Run run = runFile(format, STRICT, file);

        assertThat(run.passwords())
                .extracting(ImportedPassword::externalId, ImportedPassword::name, ImportedPassword::active)
                .containsExactly(
                        tuple("mailcow:1", "Outlook on the old laptop", true),
                        tuple("mailcow:2", "Scanner, 2nd floor", true),
                        tuple("mailcow:3", "Grace's \"phone\"", false),
                        tuple("mailcow:4", "Imported", true));
        assertThat(run.passwords())
                .extracting(ImportedPassword::protocols)
                .containsExactly(
                        Set.of("imap", "smtp", "pop3", "eas", "dav", "sieve"),
                        Set.of("smtp"),
                        Set.of("imap", "smtp", "pop3", "eas", "dav", "sieve"),
                        Set.of("imap", "pop3", "eas", "dav", "sieve"));
        assertThat(run.passwords().getFirst().createdAt()).isEqualTo("2024-03-05T08:15:00Z");
        assertThat(run.refused())
                .containsExactly((header + 5) + " hash: {DES-CRYPT}", (header + 6) + " imap_access, …: none is on");
        assertThat(proves(run.passwords().get(1), "battery staple")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"MAILU, mailu.ndjson", "MAILU_CSV, mailu.csv"})
    void readsMailusTokens(ImportFormat format, String file) {
        Run run = runFile(format, STRICT, file);

        assertThat(run.refused()).isEmpty();
        assertThat(run.passwords())
                .extracting(ImportedPassword::externalId)
                .containsExactly("mailu:1", "mailu:2", "mailu:3");
        assertThat(run.passwords())
                .extracting(ImportedPassword::networks)
                .containsExactly(
                        List.of(),
                        List.of(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8:7::/48")),
                        List.of());
        assertThat(run.passwords()).allMatch(one -> one.protocols().isEmpty());
        assertThat(run.passwords().getFirst().createdAt()).isEqualTo("2025-01-17T00:00:00Z");
        assertThat(proves(run.passwords().get(0), "0123456789abcdef0123456789abcdef"))
                .isTrue();
        assertThat(proves(run.passwords().get(2), "00112233445566778899aabbccddeeff"))
                .isTrue();
    }

    @Test
    void readsDovecotsPasswdFile() {
        Run run = runFile(ImportFormat.DOVECOT, STRICT, "dovecot.passwd");

        assertThat(run.passwords())
                .extracting(ImportedPassword::loginName)
                .containsExactly(
                        new LoginName("ada@example.org"),
                        new LoginName("grace@example.org"),
                        new LoginName("hedy@example.org"),
                        new LoginName("joan@example.org"));
        assertThat(run.passwords().getFirst().networks())
                .containsExactly(SourceNetwork.parse("192.0.2.0/24"), SourceNetwork.parse("2001:db8::/32"));
        assertThat(run.passwords()).extracting(ImportedPassword::active).containsExactly(true, false, true, true);
        assertThat(run.passwords()).allMatch(one -> one.createdAt().equals(MOVING_DAY));
        assertThat(run.refused())
                .containsExactly("7 hash: {PLAIN}", "8 hash: {SSHA}", "9 line: no user, or no password");
        assertThat(proves(run.passwords().get(3), "bare name")).isTrue();
    }

    @Test
    void readsStalwartsPrincipals() {
        Run run = runFile(ImportFormat.STALWART, STRICT, "stalwart.ndjson");

        assertThat(run.passwords())
                .extracting(ImportedPassword::name)
                .containsExactly("Phone", "Tablet", "by hand", "New one");
        assertThat(run.passwords())
                .extracting(ImportedPassword::createdAt)
                .containsExactly(
                        Instant.parse("2025-06-01T10:20:30Z"),
                        Instant.parse("2025-06-30T22:00:00Z"),
                        MOVING_DAY,
                        MOVING_DAY);
        assertThat(run.passwords())
                .extracting(ImportedPassword::externalId)
                .allMatch(id -> id.matches("stalwart:[a-z@.]+:[0-9a-f]{16}"))
                .doesNotHaveDuplicates();
        assertThat(run.refused())
                .containsExactly("3 secrets: no app password among them", "4 hash: of no known scheme");
        assertThat(proves(run.passwords().get(1), "battery staple")).isTrue();
        assertThat(proves(run.passwords().get(2), "moth in relay")).isTrue();
    }

    @Test
    void readsOurOwnFormat() {
        Run run = runFile(ImportFormat.GENERIC, STRICT, "generic.ndjson");

        ImportedPassword first = run.passwords().getFirst();
        assertThat(first.externalId()).isEqualTo("legacy-1");
        assertThat(first.loginName()).isEqualTo(new LoginName("ada@example.org"));
        assertThat(first.protocols()).containsExactly("imap", "smtp");
        assertThat(first.networks())
                .containsExactly(SourceNetwork.parse("192.0.2.7"), SourceNetwork.parse("2001:db8::/48"));
        assertThat(first.expiresAt()).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(run.mapped())
                .extracting(Mapped::notes)
                .containsExactly(
                        Set.of(),
                        Set.of(ImportNote.NAME_MADE_UP),
                        Set.of(
                                ImportNote.NAME_MADE_UP,
                                ImportNote.WEAK_HASH,
                                ImportNote.SWITCHED_OFF,
                                ImportNote.EXPIRED));
    }

    /** §5.9: for thirty days, so that their owners can be told. */
    @Test
    void takesWeakHashesForAMonth() {
        ImportedPassword mary = runFile(ImportFormat.DOVECOT, WEAK_TOO, "dovecot.passwd").passwords().stream()
                .filter(one -> one.loginName().value().startsWith("mary"))
                .findFirst()
                .orElseThrow();

        assertThat(mary.expiresAt()).contains(Instant.parse("2026-02-04T09:00:00Z"));
        assertThat(proves(mary, "seaside")).isTrue();
    }

    /** §5.9: an end of its own stands, unless it is later. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-10T00:00:00Z, 2026-01-10T00:00:00Z, false",
        "2026-02-04T09:00:00Z, 2026-02-04T09:00:00Z, false",
        "2026-02-04T09:00:01Z, 2026-02-04T09:00:00Z, true"
    })
    void leavesAWeakHashTheEndItHas(Instant end, Instant then, boolean set) {
        Mapped mapped = SampleImports.run(
                        ImportFormat.GENERIC,
                        WEAK_TOO,
                        SampleImports.text("{\"external_id\":\"1\",\"login_name\":\"ada\",\"expires_at\":\"" + end
                                + "\",\"hash\":\"{SMD5}gdvvnA5dfHCbHprS3swwr5GtpKY=\"}"))
                .mapped()
                .getFirst();

        assertThat(mapped.password().expiresAt()).isEqualTo(Optional.of(then));
        assertThat(mapped.notes().contains(ImportNote.END_SET)).isEqualTo(set);
    }

    /** I-02: who reads a file twice has the same ids twice, and that is what the store tells them by. */
    @ParameterizedTest
    @CsvSource({
        "MAILCOW, mailcow.ndjson",
        "MAILU_CSV, mailu.csv",
        "DOVECOT, dovecot.passwd",
        "STALWART, stalwart.ndjson",
        "GENERIC, generic.ndjson"
    })
    void saysTheSameEachTime(ImportFormat format, String file) {
        Run once = runFile(format, STRICT, file);

        assertThat(runFile(format, STRICT, file)).isEqualTo(once);
        assertThat(once.passwords()).extracting(ImportedPassword::externalId).doesNotHaveDuplicates();
    }

    /** I-02 */
    @Test
    void countsTheSameWhenNobodyTakesAnything() throws Exception {
        MappingReport dryRun = new ImportFile(ImportFormat.DOVECOT, STRICT)
                .read(ImportFileTest.class.getResourceAsStream("dovecot.passwd"), _ -> {});

        assertThat(dryRun)
                .isEqualTo(
                        runFile(ImportFormat.DOVECOT, STRICT, "dovecot.passwd").report());
    }

    @Test
    void stopsWhenTheReceiverDoes() {
        assertThatThrownBy(() -> new ImportFile(ImportFormat.DOVECOT, STRICT)
                        .read(ImportFileTest.class.getResourceAsStream("dovecot.passwd"), outcome -> {
                            throw new StoreUnavailableException("line " + outcome.line(), new IllegalStateException());
                        }))
                .hasMessage("line 3");
    }

    private static boolean proves(ImportedPassword password, String secret) {
        return password.hash().proves(secret.getBytes(StandardCharsets.UTF_8));
    }
}

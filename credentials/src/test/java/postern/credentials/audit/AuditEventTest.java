package postern.credentials.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.Actor;
import postern.credentials.LoginName;
import postern.credentials.audit.AuditEvent.Outcome;

/** E-01, E-02: what an event says, and what it never says. */
class AuditEventTest {

    private static final AuditEvent EVENT = SampleEvents.of(AuditKind.APP_PASSWORD_CREATED);

    /** E-01 */
    @Test
    void saysWhoDidWhatToWhomWhenAndFromWhere() {
        assertThat(SampleEvents.entry(EVENT.ended(Outcome.SUCCESS, "asked")).fields())
                .containsEntry("event_id", EVENT.id().value())
                .containsEntry("at", "2026-01-05T09:00:00.000Z")
                .containsEntry("kind", "app_password.created")
                .containsEntry("actor_kind", "person")
                .containsEntry("actor_name", "ada@example.org")
                .containsEntry("login_name", "ada@example.org")
                .containsEntry("app_password", SCANNER_ID.value())
                .containsEntry("protocol", "imap")
                .containsEntry("address", "192.0.2.7")
                .containsEntry("client_id", "Outlook 14.0")
                .containsEntry("node", "node-1")
                .containsEntry("request_id", "req-1")
                .containsEntry("tls", "TLSv1.3")
                .containsEntry("outcome", "success")
                .containsEntry("reason", "asked")
                .containsEntry("times", "1");
    }

    /** E-03 */
    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb", "a\r\nb", "a\u0000b", "a\u001b[2Jb", "a\u2028b", "a\u0085b", "a\u202eb", "a\ud800b"})
    void noTextOfAStrangerBreaksALineOrHidesInIt(String injected) {
        Origin origin = new Origin(
                Optional.empty(),
                Optional.of(injected),
                Optional.of(injected),
                Optional.of(injected),
                Optional.of(injected));
        AuditEntry entry = SampleEvents.entry(EVENT.from(origin).with("before", injected));

        assertThat(entry.fields().values()).allMatch(AuditEventTest::isOnePlainLine);
        assertThat(entry.facts().get("before")).matches("a\\?+(\\[2J)?b");
        assertThat(JsonLine.of(entry)).matches(AuditEventTest::isOnePlainLine);
    }

    private static boolean isOnePlainLine(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || c == 0x2028
                        || c == 0x202e
                        || Character.getType(c) == Character.SURROGATE);
    }

    /** G: it stands in the chained text, which is never erased. */
    @Test
    void aRequestIdOrATlsVersionThatIsNoneIsLeftOut() {
        Origin origin = new Origin(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("ada@example.org"),
                Optional.of("ada@example.org"));

        assertThat(SampleEvents.entry(EVENT.from(origin)).fields()).doesNotContainKeys("request_id", "tls");
    }

    /** E-03 */
    @Test
    void textsAreBounded() {
        String long1 = "\uD83D\uDE00".repeat(100_000);
        Origin origin = new Origin(
                Optional.empty(), Optional.of(long1), Optional.of(long1), Optional.of(long1), Optional.of(long1));

        AuditEvent event = EVENT.from(origin).with("before", long1);

        assertThat(JsonLine.of(SampleEvents.entry(event)).length()).isLessThan(4_000);
        assertThat(event.facts().get("before")).endsWith("\uD83D\uDE00…");
    }

    @Test
    void codesAndFactsAreBoundedByBugsBeingTold() {
        assertThatThrownBy(() -> EVENT.ended(Outcome.FAILURE, "Ada forgot"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reason: ");
        assertThatThrownBy(() -> EVENT.with("Not a code", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EVENT.times(0)).hasMessage("times: 0 (expected: 1 or more)");
        AuditEvent full = EVENT;
        for (int i = 0; i < 16; i++) {
            full = full.with("fact_" + (char) ('a' + i), "x");
        }
        AuditEvent sixteen = full;
        assertThatThrownBy(() -> sixteen.with("one_more", "x")).hasMessage("facts: 17 (expected: at most 16)");
    }

    /** E-01: never the secret, not even when somebody typed it where a name belongs. */
    @Test
    void whatLooksLikeAnAppPasswordIsStars() {
        Origin origin = new Origin(
                Optional.empty(),
                Optional.empty(),
                Optional.of(SCANNER_SECRET),
                Optional.of(SCANNER_SECRET),
                Optional.of(SCANNER_SECRET));
        LoginName typed = new LoginName(SCANNER_SECRET.replace("-", ""));
        AuditEvent event = AuditEvent.of(
                        AuditKind.LOGIN_FAILED, Actor.administrator(SCANNER_SECRET), MONDAY, new SecureRandom())
                .about(typed)
                .from(origin)
                .with("before", SCANNER_SECRET);

        assertThat(JsonLine.of(SampleEvents.entry(event)))
                .contains("\"login_name\":\"***\"")
                .doesNotContain("bcdf-ghjk", "bcdfghjk");
        assertThat(SampleEvents.entry(event).toString()).doesNotContain("bcdf-ghjk", "bcdfghjk");
    }

    @Test
    void nothingPersonalIsInTheChainedText() {
        assertThat(withoutWhatIsDrawn(SampleEvents.entry(SampleEvents.renamed()).chained()))
                .contains("personal_sha256=", "actor_sha256=", "address_sha256=")
                .doesNotContain("ada", "Ada", "192.0.2", "Outlook", "2nd floor");
    }

    /** Digests and ids: what is in them by chance says nothing of anybody, not even "ada". */
    private static String withoutWhatIsDrawn(String chained) {
        return chained.replaceAll("(_sha256=|sub_|aud_)[0-9a-z]+", "$1…");
    }

    /** As docs/audit.md says it, for who has only a shell. */
    @Test
    void digestsCanBeRecomputedByHand() throws Exception {
        AuditEntry entry = SampleEvents.entry(SampleEvents.renamed());
        Salted address = entry.address().orElseThrow();

        assertThat(entry.digest()).isEqualTo(sha256("0".repeat(64) + entry.chained()));
        assertThat(entry.chained()).contains("address_sha256=" + sha256(address.salt() + address.text()) + "\n");
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anEntryThatIsPrintedByMistakeNamesNobody() {
        assertThat(SampleEvents.entry(SampleEvents.renamed()).toString()).doesNotContain("ada@", "192.0.2", "Outlook");
    }

    /** E-02 */
    @Test
    void kindsHaveDottedNamesOfTheirOwn() {
        assertThat(Arrays.stream(AuditKind.values()).map(AuditKind::toString))
                .doesNotHaveDuplicates()
                .allMatch(Pattern.compile("[a-z]+(_[a-z]+)*\\.[a-z]+(_[a-z]+)*").asMatchPredicate())
                .contains("app_password.created", "login.shape_rejected", "user.erased", "audit.pruned");
        assertThat(Arrays.stream(AuditKind.values()))
                .allMatch(kind -> AuditKind.named(kind.toString()).equals(Optional.of(kind)));
        assertThat(AuditKind.named("moon.landed")).isEmpty();
    }

    /** E-02 */
    @Test
    void kindsAreMappedToWordsThatOwaspHas() {
        assertThat(Arrays.stream(AuditKind.values()).flatMap(kind -> kind.owasp().stream()))
                .isSubsetOf(Set.of(
                        "authn_login_success",
                        "authn_login_fail",
                        "authn_login_lock",
                        "authn_token_created",
                        "authn_token_revoked",
                        "authn_token_reuse",
                        "authz_fail",
                        "authz_change",
                        "authz_admin",
                        "sensitive_create",
                        "sensitive_read",
                        "sensitive_update",
                        "sensitive_delete",
                        "user_created",
                        "user_updated",
                        "user_archived",
                        "user_deleted"));
        assertThat(AuditKind.LOGIN_FAILED.owasp()).contains("authn_login_fail");
        assertThat(EVENT.subject()).contains(ADA);
    }
}

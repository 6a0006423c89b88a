package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.LoginName;
import postern.credentials.Policy.AppPasswords;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject.Domain;
import postern.credentials.PolicySubject.One;
import postern.credentials.Protocol;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditVerification;
import postern.credentials.audit.AuditVerification.Result.Intact;

/** E-01, E-02: every change of the store has its event, with who made it, and what was there before. */
class AuditedChangesTest {

    private final SampleStore store = SampleStore.with();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theLifeOfAnAppPassword() throws Exception {
        store.credentials().add(SCANNER, 1, ROOT);
        store.credentials().add(SCANNER, 1, ROOT);
        store.credentials().revise(ADA, SCANNER_ID, one -> one.withName("Copier"), ROOT);
        store.credentials()
                .revise(
                        ADA,
                        SCANNER_ID,
                        one -> one.withScope(scope -> scope.withProtocols(Set.of(Protocol.SMTP))),
                        ROOT);
        store.credentials().revise(ADA, SCANNER_ID, AppPassword::suspend, ROOT);
        store.credentials().revise(ADA, SCANNER_ID, one -> one.resume(MONDAY), ROOT);
        store.credentials().revise(ADA, SCANNER_ID, one -> one, ROOT);
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);
        store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(kinds())
                .containsExactly(
                        "user.created",
                        "app_password.created",
                        "app_password.limit_reached",
                        "app_password.renamed",
                        "app_password.scope_changed",
                        "app_password.suspended",
                        "app_password.resumed",
                        "app_password.revoked");
        assertThat(entries().get(3).facts())
                .containsEntry("before", "Scanner, 2nd floor")
                .containsEntry("name", "Copier");
        assertThat(entries().get(4).facts())
                .containsEntry("before", "protocols activesync dav imap pop3 smtp; device pin off")
                .containsEntry("after", "protocols smtp; device pin off");
    }

    @Test
    void theLifeOfAnAccount() throws Exception {
        LoginName alias = new LoginName("a.lovelace@example.org");
        store.accounts().revise(ADA, one -> one.withEnabled(false), ROOT);
        store.accounts().revise(ADA, one -> one.withEnabled(true), ROOT);
        store.accounts().revise(ADA, one -> one.withHolder(new Account.Holder.Person(true)), ROOT);
        store.accounts().addAlias(ADA, alias, ROOT);
        store.accounts().removeAlias(ADA, alias, ROOT);
        store.credentials().add(SCANNER, 1, ROOT);
        store.credentials().revokeAll(ADA, ROOT);
        store.accounts().erase(ADA, ROOT);

        assertThat(kinds())
                .containsExactly(
                        "user.created",
                        "user.disabled",
                        "user.enabled",
                        "user.changed",
                        "user.changed",
                        "user.changed",
                        "app_password.created",
                        "app_password.revoked_all",
                        "user.erased");
        assertThat(entries().toString()).doesNotContain("ada@example.org").doesNotContain("Scanner");
        assertThat(new AuditVerification(store.trail()).run()).isInstanceOf(Intact.class);
    }

    @Test
    void whoAdministersIsTold() throws Exception {
        store.accounts().revise(ADA, one -> one.withRole(Optional.of(Role.SUPPORT)), ROOT);
        store.accounts().revise(ADA, one -> one.withRole(Optional.empty()), ROOT);

        List<AuditEntry> told = entries().subList(1, 3);
        assertThat(told).extracting(AuditEntry::kind).containsOnly("user.changed");
        assertThat(told.getFirst().facts())
                .containsEntry("before", "person, second step false, mailbox ada@example.org")
                .containsEntry("after", "person, second step false, mailbox ada@example.org, role support");
        assertThat(told.getLast().facts()).extractingByKey("after").asString().doesNotContain("role");
    }

    @Test
    void whatIsSaidOfPolicy() throws Exception {
        store.policies().put(new Domain("example.org"), PolicyRules.SILENT.withAppPasswords(AppPasswords.NO_NEW), ROOT);
        store.policies().put(new Domain("example.org"), PolicyRules.SILENT, ROOT);
        store.policies().put(new One(ADA), PolicyRules.SILENT.withAppPasswords(AppPasswords.ALLOWED), ROOT);

        List<AuditEntry> said = entries().subList(1, 4);
        assertThat(said).extracting(AuditEntry::kind).containsOnly("policy.changed");
        assertThat(said.getFirst().facts())
                .containsEntry("for", "@example.org")
                .containsEntry("before", "nothing")
                .containsEntry("after", "app_passwords no-new");
        assertThat(said.get(1).facts()).containsEntry("before", "app_passwords no-new");
        assertThat(said.getLast().facts()).doesNotContainKey("for");
    }

    @Test
    void whatIsRolledBackIsNotTold() throws Exception {
        store.credentials().add(SCANNER, 1, ROOT);
        try {
            store.credentials().revise(ADA, SCANNER_ID, one -> one.withName(" "), ROOT);
        } catch (IllegalArgumentException _) {
            // as it should
        }

        assertThat(kinds()).containsExactly("user.created", "app_password.created");
    }

    private List<String> kinds() throws Exception {
        return entries().stream().map(AuditEntry::kind).toList();
    }

    private List<AuditEntry> entries() throws Exception {
        return store.trail().after(0, AuditFilter.ALL, 100);
    }
}

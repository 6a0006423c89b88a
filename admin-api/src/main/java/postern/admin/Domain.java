package postern.admin;

import java.time.Instant;
import postern.credentials.AccountStore;
import postern.credentials.CredentialStore;
import postern.credentials.FamiliarSourceStore;
import postern.credentials.HoldStore;
import postern.credentials.KeyList;
import postern.credentials.Policy;
import postern.credentials.PolicyStore;
import postern.credentials.SessionEnds;
import postern.credentials.administration.ApiTokens;
import postern.credentials.audit.AuditHistory;
import postern.credentials.board.Sessions;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;
import postern.credentials.issue.AppPasswordChanges;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.job.JobStore;
import postern.credentials.report.Accounts;
import postern.credentials.report.AppPasswords;
import postern.credentials.report.Reports;

/** All that an administrator's hands reach: parts of the domain, which know nothing of HTTP. */
public record Domain(
        People people,
        Issuing issuing,
        Watching watching,
        Opening opening,
        ApiTokens tokens,
        JobStore jobs,
        Host host) {

    /**
     * Who there is, and what is said of them.
     *
     * @param policy as the configuration has it, the lowest layer
     */
    public record People(AccountStore accounts, Accounts list, PolicyStore policies, Policy policy) {}

    /** App passwords. */
    public record Issuing(
            CredentialStore credentials, AppPasswordIssuer issuer, AppPasswordChanges changes, AppPasswords list) {}

    /** What happens, and what happened. */
    public record Watching(
            Sessions sessions,
            SessionEnds sessionEnds,
            HoldStore holds,
            FamiliarSourceStore familiarSources,
            Reports reports,
            AuditHistory history) {}

    /**
     * The node that answers.
     *
     * @param node what it is called in the audit trail
     * @param store in what the domain is kept, as the configuration calls it
     */
    public record Host(String version, String node, String store, Instant startedAt, KeyList keys) {}

    /** What opens mailboxes upstream. */
    public record Opening(GrantVault vault, Consents consents) {}
}

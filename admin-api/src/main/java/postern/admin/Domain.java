package postern.admin;

import postern.credentials.AccountStore;
import postern.credentials.CredentialStore;
import postern.credentials.Policy;
import postern.credentials.PolicyStore;
import postern.credentials.consent.Consents;
import postern.credentials.grant.GrantVault;
import postern.credentials.issue.AppPasswordChanges;
import postern.credentials.issue.AppPasswordIssuer;

/**
 * All that an administrator's hands reach: parts of the domain, which know nothing of HTTP.
 *
 * @param policy as the configuration has it, the lowest layer
 */
public record Domain(
        AccountStore accounts,
        CredentialStore credentials,
        AppPasswordIssuer issuer,
        AppPasswordChanges changes,
        PolicyStore policies,
        Policy policy,
        GrantVault vault,
        Consents consents) {}

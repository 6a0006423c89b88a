package postern.credentials;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a login needs to know of one account, as it was at one moment. Finding the first of forty
 * app passwords, the last, or none costs the same.
 *
 * @param aliases the other names that lead to it
 * @param appPasswords those that are not revoked, suspended and expired ones included
 * @param tombstones by which a revoked secret is known again, for a while
 * @param lastUses as far as they were written when this was read
 * @param familiarSources when it was last seen to log in from where, likewise
 */
public record AccountSnapshot(
        Account account,
        Set<LoginName> aliases,
        PolicyInForce inForce,
        Map<AppPasswordId, AppPassword> appPasswords,
        Map<LookupTag, AppPasswordId> tags,
        Map<LookupTag, AppPasswordId> tombstones,
        Map<AppPasswordId, Instant> lastUses,
        Map<SourceNetwork, Instant> familiarSources) {

    public Optional<AppPassword> appPassword(AppPasswordId id) {
        return Optional.ofNullable(appPasswords.get(id));
    }

    public Optional<AppPassword> find(LookupTag tag) {
        return Optional.ofNullable(tags.get(tag)).flatMap(this::appPassword);
    }

    /** Those that no tag finds. */
    public List<AppPassword> imported() {
        return appPasswords.values().stream()
                .filter(one -> one.proof().findableBy().isEmpty())
                .toList();
    }

    public boolean answersTo(LoginName name) {
        return account.loginName().equals(name) || aliases.contains(name);
    }

    public Policy policy() {
        return inForce.policy();
    }
}

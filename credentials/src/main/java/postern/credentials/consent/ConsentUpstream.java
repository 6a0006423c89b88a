package postern.credentials.consent;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postern.credentials.LoginName;
import postern.credentials.grant.Purpose;
import postern.credentials.provider.ProviderClient;

/**
 * An upstream that people let us into.
 *
 * @param purpose what they give their consent for
 * @param lasts when nobody uses it and the provider says nothing else; empty when nobody can say
 * @param redirect where the provider's page sends people back to; empty when there is no page
 * @param hasDeviceCodes whether the provider makes codes that are typed elsewhere
 * @param shared mailboxes, each with the one whose consent opens it
 * @param signInNames by the mailbox, where somebody signs in by another name
 */
public record ConsentUpstream(
        String name,
        Purpose purpose,
        Optional<Duration> lasts,
        Optional<URI> redirect,
        boolean hasDeviceCodes,
        Map<LoginName, LoginName> shared,
        Map<LoginName, LoginName> signInNames,
        ProviderClient client) {

    public ConsentUpstream {
        shared = Map.copyOf(shared);
        signInNames = Map.copyOf(signInNames);
    }

    /** Whose consent opens this mailbox. */
    LoginName ownerFor(LoginName mailbox) {
        return shared.getOrDefault(mailbox, mailbox);
    }

    /** As whom the owner signs in. */
    LoginName signInNameOf(LoginName owner) {
        return signInNames.getOrDefault(owner, owner);
    }

    boolean isGivenBy(Set<LoginName> names, LoginName owner) {
        return names.contains(owner) || names.contains(signInNameOf(owner));
    }
}

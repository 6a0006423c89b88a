package postern.credentials.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.CHEAP_HASHER;
import static postern.credentials.SampleLogins.LOOKUP_KEY;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.hashingPool;
import static postern.credentials.SampleLogins.storeWith;
import static postern.credentials.SampleLogins.typed;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import postern.credentials.AppPassword;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.issue.Issue.LimitReached;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Issue.NoSuchPerson;

class AppPasswordIssuerTest {

    private final CredentialStore store = storeWith();
    private final AppPasswordIssuer issuer = new AppPasswordIssuer(
            store, LOOKUP_KEY, CHEAP_HASHER, hashingPool(), new SecureRandom(), InstantSource.fixed(MONDAY), 2);

    @Test
    void showsASecretThatFindsAndProvesItsAppPassword() throws Exception {
        Made made = (Made) issuer.issue(ADA, "Laptop", Optional.empty());

        AppPassword kept = store.find(
                        ADA, LOOKUP_KEY.fingerprint(ADA, typed(made.secret())).tag())
                .orElseThrow();
        assertThat(kept).isEqualTo(made.appPassword());
        assertThat(CHEAP_HASHER.proves(typed(made.secret()), ADA, kept.id(), kept.hash()))
                .isTrue();
    }

    @Test
    void printsNoSecret() throws Exception {
        Made made = (Made) issuer.issue(ADA, "Laptop", Optional.empty());

        assertThat(made.toString()).doesNotContain(made.secret()).contains("***");
    }

    @Test
    void keepsTheLimit() throws Exception {
        issuer.issue(ADA, "Laptop", Optional.empty());
        issuer.issue(ADA, "Phone", Optional.empty());

        assertThat(issuer.issue(ADA, "Scanner", Optional.empty())).isEqualTo(new LimitReached(2));
    }

    @Test
    void makesNoneForAStranger() throws Exception {
        LoginName stranger = new LoginName("nobody@example.org");

        assertThat(issuer.issue(stranger, "Laptop", Optional.empty())).isEqualTo(new NoSuchPerson(stranger));
    }

    /** S-06 */
    @Test
    void wantsANameAndALifetimeAhead() throws Exception {
        assertThatThrownBy(() -> issuer.issue(ADA, " ", Optional.empty()))
                .hasMessage("name: 0 characters (expected: 1 to 60)");
        assertThatThrownBy(() -> issuer.issue(ADA, "Laptop", Optional.of(MONDAY)))
                .hasMessageStartingWith("expires_at: ");
        assertThat(store.of(ADA)).isEmpty();
    }
}

package postern.credentials.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.grant.SampleGrants.AT_HOME;
import static postern.credentials.grant.SampleGrants.BOB;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.KEY_FILE;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.adasGrant;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.envelope;
import static postern.credentials.grant.SampleGrants.secret;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginName;
import postern.credentials.hash.KeyFile;

class EnvelopeTest {

    private static final String OLD_ID = KeyFile.id(OLD_KEY).value();
    private static final String NEW_ID = KeyFile.id(NEW_KEY).value();

    private final Envelope envelope = envelope(OLD_KEY);
    private final SealedSecret sealed = envelope.seal(adasGrant(), secret(CANARY));

    @Test
    void whatIsSealedOpensAsItWas() throws Exception {
        assertThat(clear(envelope.open(adasGrant(), sealed))).isEqualTo(CANARY);
        assertThat(sealed.keyId()).isEqualTo(OLD_ID);
    }

    @Test
    void twoAlikeAreSealedUnlike() {
        SealedSecret again = envelope.seal(adasGrant(), secret(CANARY));

        assertThat(again.sealed()).isNotEqualTo(sealed.sealed());
        assertThat(again.wrappedKey()).isNotEqualTo(sealed.wrappedKey());
    }

    /** H-06: a row copied to another owner, upstream, grant or kind opens nothing there. */
    @ParameterizedTest
    @MethodSource("others")
    void opensForItsOwnGrantAlone(Grant other) {
        assertThatThrownBy(() -> envelope.open(other, sealed))
                .isInstanceOf(GrantUnreadableException.class)
                .hasMessage(
                        "grant %s: key %s does not open it (expected: the row as it was sealed, of %s at %s; "
                                + "keys in %s (%s))",
                        other.id(), OLD_ID, other.owner(), other.upstream(), KEY_FILE, OLD_ID);
        assertThatThrownBy(() -> envelope(NEW_KEY, OLD_KEY).rewrap(other, sealed))
                .isInstanceOf(GrantUnreadableException.class);
    }

    private static Stream<Grant> others() {
        GrantId id = adasGrant().id();
        return Stream.of(
                grant(id, BOB, CONTOSO, GrantKind.REFRESH_TOKEN),
                grant(id, ADA, "fabrikam", GrantKind.REFRESH_TOKEN),
                grant(new GrantId("grt_adaatcontoso0002"), ADA, CONTOSO, GrantKind.REFRESH_TOKEN),
                grant(id, ADA, CONTOSO, GrantKind.MAILBOX_PASSWORD),
                new Grant(
                        id,
                        ADA,
                        CONTOSO,
                        new Purpose("https://login.example.net/token postern evil.example"),
                        GrantKind.REFRESH_TOKEN,
                        GrantState.WORKING,
                        1,
                        MONDAY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Grant grant(GrantId id, LoginName owner, String upstream, GrantKind kind) {
        return new Grant(
                id,
                owner,
                upstream,
                AT_HOME,
                kind,
                GrantState.WORKING,
                1,
                MONDAY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** H-08: who has lost a key is told which, and where it should be. */
    @Test
    void anUnknownKeyIsNamedToTheOperator() {
        assertThatThrownBy(() -> envelope(NEW_KEY).open(adasGrant(), sealed))
                .isInstanceOf(GrantUnreadableException.class)
                .hasMessage(
                        "grant %s: sealed under key %s (expected: one of the keys in %s (%s))",
                        adasGrant().id(), OLD_ID, KEY_FILE, NEW_ID);
    }

    @Test
    void aWrongKeyUnderTheRightNameOpensNothing() {
        SealedSecret renamed = new SealedSecret(NEW_ID, sealed.wrappedKey(), sealed.sealed());

        assertThatThrownBy(() -> envelope(NEW_KEY, OLD_KEY).open(adasGrant(), renamed))
                .isInstanceOf(GrantUnreadableException.class)
                .hasMessageContaining("key " + NEW_ID + " does not open it");
    }

    @Test
    void aChangedBitAnywhereIsNoticed() {
        assertThat(everyBitOf(sealed.wrappedKey()))
                .allSatisfy(bent -> assertDoesNotOpen(new SealedSecret(OLD_ID, bent, sealed.sealed())));
        assertThat(everyBitOf(sealed.sealed()))
                .allSatisfy(bent -> assertDoesNotOpen(new SealedSecret(OLD_ID, sealed.wrappedKey(), bent)));
        assertDoesNotOpen(new SealedSecret(OLD_ID, sealed.sealed(), sealed.wrappedKey()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64", "AAAAAAAAAAAAAAAA"})
    void whatWasNeverSealedOpensNothing(String text) {
        assertDoesNotOpen(new SealedSecret(OLD_ID, text, sealed.sealed()));
        assertDoesNotOpen(new SealedSecret(OLD_ID, sealed.wrappedKey(), text));
    }

    /** H-05 */
    @Test
    void anotherKeyForTheVaultSealsTheKeyAgainAndLeavesTheSecret() throws Exception {
        Envelope both = envelope(NEW_KEY, OLD_KEY);

        SealedSecret again = both.rewrap(adasGrant(), sealed);

        assertThat(again.keyId()).isEqualTo(NEW_ID).isEqualTo(both.activeKey());
        assertThat(again.sealed()).isEqualTo(sealed.sealed());
        assertThat(clear(envelope(NEW_KEY).open(adasGrant(), again))).isEqualTo(CANARY);
        assertThat(both.rewrap(adasGrant(), again)).isEqualTo(again);
    }

    /** H-07 */
    @Test
    void nothingSealedIsPrinted() {
        assertThat(sealed).hasToString("SealedSecret[keyId=" + OLD_ID + ", ***]");
    }

    private static Stream<String> everyBitOf(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return Stream.iterate(0, bit -> bit + 1).limit(bytes.length * 8L).map(bit -> {
            byte[] bent = bytes.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            return Base64.getEncoder().encodeToString(bent);
        });
    }

    private void assertDoesNotOpen(SealedSecret bent) {
        assertThatThrownBy(() -> envelope.open(adasGrant(), bent))
                .isInstanceOf(GrantUnreadableException.class)
                .hasMessageNotContaining(CANARY);
    }
}

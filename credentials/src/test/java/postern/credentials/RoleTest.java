package postern.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static postern.credentials.Permission.APP_PASSWORDS_ISSUE;
import static postern.credentials.Permission.KEYS_WRITE;
import static postern.credentials.Permission.ROLES_WRITE;
import static postern.credentials.Permission.TOKENS_WRITE;
import static postern.credentials.Permission.USERS_READ;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.administration.Caller;

class RoleTest {

    @Test
    void anOwnerMayDoEverything() {
        assertThat(Role.OWNER.permissions()).containsExactlyInAnyOrder(Permission.values());
    }

    @ParameterizedTest
    @EnumSource(names = "OWNER", mode = EnumSource.Mode.EXCLUDE)
    void nobodyElseSaysWhoAdministersNorTouchesKeys(Role role) {
        assertThat(role.permissions()).doesNotContain(ROLES_WRITE, TOKENS_WRITE, KEYS_WRITE);
    }

    @Test
    void theHelpDeskMakesNoSecrets() {
        assertThat(Role.SUPPORT.permissions()).doesNotContain(APP_PASSWORDS_ISSUE);
    }

    @Test
    void whoKeepsItRunningReadsNothingOfPeople() {
        assertThat(Role.OPERATOR.permissions()).doesNotContain(USERS_READ);
    }

    @Test
    void anAuditorChangesNothing() {
        assertThat(Role.AUDITOR.permissions())
                .allSatisfy(permission -> assertThat(permission.toString()).matches("[a-z_]+:(read|export)"));
    }

    @Test
    void nobodyActsOnThoseAbove() {
        assertThat(Role.SUPPORT.mayActOn(Optional.of(Role.ADMINISTRATOR))).isFalse();
        assertThat(Role.ADMINISTRATOR.mayActOn(Optional.of(Role.OWNER))).isFalse();
        assertThat(Arrays.stream(Role.values()))
                .allSatisfy(role -> assertThat(role.mayActOn(Optional.empty())).isTrue())
                .allSatisfy(role -> assertThat(role.mayActOn(Optional.of(role))).isTrue())
                .allSatisfy(role ->
                        assertThat(Role.OWNER.mayActOn(Optional.of(role))).isTrue());
    }

    @Test
    void wordsLeadBackToWhatTheyAreOf() {
        assertThat(Permission.named("app_passwords:issue")).contains(APP_PASSWORDS_ISSUE);
        assertThat(Role.named("support")).contains(Role.SUPPORT);
        assertThat(Permission.named("everything")).isEmpty();
        assertThat(Role.named("root")).isEmpty();
    }

    @Test
    void aCallerHasNoMoreThanTheRole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Caller(Actor.token("tok_1"), Role.SUPPORT, Set.of(KEYS_WRITE)))
                .withMessageContaining("some of support's");
    }
}

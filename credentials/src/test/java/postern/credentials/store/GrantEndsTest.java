package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.BOB;
import static postern.credentials.grant.SampleGrants.CANARY;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.put;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.grant.SampleGrants.vaultIn;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.audit.AuditKind;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.GrantWatch;
import postern.credentials.grant.OpenGrant;

/** An operator hears of a consent that ends before it does: once, on whichever node. */
@ParameterizedClass
@EnumSource
class GrantEndsTest {

    private static final Duration LASTS = Duration.ofDays(90);
    private static final Duration BEFORE = Duration.ofDays(14);

    private final MovedClock clock = new MovedClock();
    private final SampleStore store;
    private final GrantVault vault;
    private final SqlGrantEnds ends;
    private final GrantWatch watch;

    GrantEndsTest(Engine engine, @TempDir Path folder) throws StoreUnavailableException {
        this.store = SampleStore.on(engine.open(folder));
        this.vault = vaultIn(store.database(), clock, NEW_KEY);
        this.ends = new SqlGrantEnds(store.changes());
        this.watch = new GrantWatch(ends, Optional.of(BEFORE), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void itIsToldOfOnceAndCountedAsLongAsItEnds() throws Exception {
        Grant grant = consents(ADA, LASTS);
        watch.look();
        assertThat(told()).isEmpty();
        assertThat(watch.ending()).isZero();

        clock.pass(LASTS.minus(BEFORE));
        for (int hour = 0; hour < 30; hour++) {
            watch.look();
            clock.pass(Duration.ofHours(1));
        }

        assertThat(told())
                .singleElement()
                .satisfies(event -> assertThat(event.facts())
                        .containsEntry("grant", grant.id().value())
                        .containsEntry("upstream", CONTOSO)
                        .containsEntry("ends_at", MONDAY.plus(LASTS).toString()));
        assertThat(watch.ending()).isEqualTo(1);
    }

    @Test
    void whatIsUsedLastsOn() throws Exception {
        consents(ADA, LASTS);
        clock.pass(LASTS.minus(BEFORE));
        use(Optional.of(LASTS));
        watch.look();

        assertThat(told()).isEmpty();

        clock.pass(LASTS.minus(BEFORE));
        watch.look();
        use(Optional.of(LASTS));
        clock.pass(LASTS.minus(BEFORE));
        watch.look();
        assertThat(told()).as("once for each time that it nearly ended").hasSize(2);
    }

    /** As Google's do of an application in testing, which counts what is left to it. */
    @Test
    void anEndThatDoesNotMoveIsToldOfOnceHoweverItIsCounted() throws Exception {
        consents(ADA, Duration.ofDays(7));
        for (int hour = 0; hour < 30; hour++) {
            watch.look();
            clock.pass(Duration.ofHours(1));
            use(Optional.of(Duration.between(clock.instant(), MONDAY.plus(Duration.ofDays(7)))
                    .plusSeconds(hour)));
        }

        assertThat(told()).hasSize(1);
    }

    @Test
    void anotherConsentIsToldOfByItself() throws Exception {
        consents(ADA, Duration.ofDays(7));
        watch.look();
        consents(ADA, Duration.ofDays(7));
        watch.look();

        assertThat(told()).hasSize(2);
    }

    @Test
    void whatHasEndedOtherwiseOrNeverDoesIsNotToldOf() throws Exception {
        consents(ADA, Duration.ofDays(7));
        try (OpenGrant open = vault.open(ADA, CONTOSO).orElseThrow()) {
            vault.refused(open, "invalid_grant", "");
        }
        put(vault, BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret(CANARY), Optional.empty());
        put(vault, BOB, "fabrikam", GrantKind.REFRESH_TOKEN, secret(CANARY), Optional.of(MONDAY));
        vault.revoke(BOB, "fabrikam", ROOT);
        watch.look();

        assertThat(told()).isEmpty();
        assertThat(watch.ending()).isZero();
    }

    @Test
    void ofManyNodesOneTellsOfEach() throws Exception {
        consents(ADA, Duration.ofDays(7));
        consents(BOB, Duration.ofDays(7));
        Instant then = MONDAY.plus(BEFORE);

        Callable<List<Grant>> node = () -> ends.toTellOf(then, ROOT);
        List<LoginName> owners = new ArrayList<>();
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            for (Future<List<Grant>> mine : nodes.invokeAll(List.of(node, node, node, node))) {
                mine.get().forEach(grant -> owners.add(grant.owner()));
            }
        }

        assertThat(owners).containsExactlyInAnyOrder(ADA, BOB);
        assertThat(told()).hasSize(2);
    }

    @Test
    void nobodyIsToldWhereNobodyWantsToKnow() throws Exception {
        consents(ADA, Duration.ofDays(7));
        new GrantWatch(ends, Optional.empty(), clock).look();

        assertThat(told()).isEmpty();
    }

    private Grant consents(LoginName owner, Duration lasts) throws Exception {
        return put(
                vault,
                owner,
                CONTOSO,
                GrantKind.REFRESH_TOKEN,
                secret(CANARY),
                Optional.of(clock.instant().plus(lasts)));
    }

    private void use(Optional<Duration> lasts) throws Exception {
        try (OpenGrant open = vault.open(ADA, CONTOSO).orElseThrow()) {
            vault.renewed(open, Optional.empty(), lasts.map(clock.instant()::plus));
        }
    }

    private List<AuditEntry> told() throws Exception {
        return store.trail().after(0, AuditFilter.of(AuditKind.GRANT_ENDING), 100);
    }
}

package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.grant.SampleGrants.BOB;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.LEASE;
import static postern.credentials.grant.SampleGrants.OLD_KEY;
import static postern.credentials.grant.SampleGrants.clear;
import static postern.credentials.grant.SampleGrants.put;
import static postern.credentials.grant.SampleGrants.secret;
import static postern.credentials.grant.SampleGrants.vaultIn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.grant.Grant;
import postern.credentials.grant.GrantKind;
import postern.credentials.grant.GrantState;
import postern.credentials.grant.GrantVault;
import postern.credentials.grant.OpenGrant;
import postern.credentials.grant.Turn;
import postern.credentials.grant.Turn.NothingToOpen;
import postern.credentials.grant.Turn.Taken;
import postern.credentials.grant.Turn.Yours;

/** Trap 43: of many who want to refresh one grant at once, on whichever node, nobody loses a token. */
abstract class GrantTurnsContract {

    private final Database hereIsKept;
    private final Database thereIsKept;
    private final MovedClock clock = new MovedClock();
    private final GrantVault here;
    private final GrantVault there;

    /** The same database, as two nodes have it open; where there can be one node only, twice the same. */
    GrantTurnsContract(Database here, Database there) {
        this.hereIsKept = here;
        this.thereIsKept = there;
        this.here = vaultIn(here, clock, OLD_KEY);
        this.there = vaultIn(there, clock, OLD_KEY);
    }

    @BeforeEach
    void adaGaveOne() throws Exception {
        put(here, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret("first"), Optional.empty());
    }

    @AfterEach
    void close() {
        hereIsKept.close();
        thereIsKept.close();
    }

    @Test
    void theRotatedTokenIsWhatTheNextOneGets() throws Exception {
        OpenGrant first = turn(here);
        assertThat(here.renewed(first, Optional.of(secret("second")), Optional.of(MONDAY.plusSeconds(60))))
                .isTrue();

        OpenGrant second = turn(there);

        assertThat(clear(second.secret())).isEqualTo("second");
        assertThat(second.grant().version()).isEqualTo(first.grant().version() + 1);
        assertThat(second.grant().refreshedAt()).contains(MONDAY);
        assertThat(second.grant().expiresAt()).contains(MONDAY.plusSeconds(60));
    }

    @Test
    void ofFortyOnTwoNodesOneHasTheTurn() throws Exception {
        List<Turn> turns = atOnce(40, () -> here.takeTurn(ADA, CONTOSO), () -> there.takeTurn(ADA, CONTOSO));

        assertThat(turns).filteredOn(Yours.class::isInstance).hasSize(1);
        assertThat(turns).filteredOn(new Taken(MONDAY.plus(LEASE))::equals).hasSize(39);
    }

    /** One after the other each gets the token that the last one left, and not one is lost. */
    @Test
    void aChainOfRotationsByTwoNodesAtOnceNeverBreaks() throws Exception {
        List<String> used = atOnce(20, () -> rotateInTurn(here), () -> rotateInTurn(there));

        assertThat(used).doesNotHaveDuplicates();
        assertThat(clear(here.open(ADA, CONTOSO).orElseThrow().secret())).isEqualTo("first" + "+".repeat(20));
    }

    private static String rotateInTurn(GrantVault node) throws Exception {
        Turn turn = await().pollInterval(Duration.ofMillis(5))
                .until(() -> node.takeTurn(ADA, CONTOSO), Yours.class::isInstance);
        OpenGrant open = ((Yours) turn).open();
        String token = clear(open.secret());
        assertThat(node.renewed(open, Optional.of(secret(token + "+")), Optional.empty()))
                .isTrue();
        return token;
    }

    /** A turn saves requests; it is the version that keeps tokens. */
    @Test
    void ofTwentyWhoWriteAtOnceWithoutATurnOneIsKept() throws Exception {
        OpenGrant read = here.open(ADA, CONTOSO).orElseThrow();

        List<Boolean> kept = atOnce(
                20,
                () -> here.renewed(read, Optional.of(secret("from here")), Optional.empty()),
                () -> there.renewed(read, Optional.of(secret("from there")), Optional.empty()));

        assertThat(kept).containsOnlyOnce(true);
        assertThat(here.find(ADA, CONTOSO).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aTurnIsForOneGrantAndNobodyElseWaits() throws Exception {
        put(here, BOB, CONTOSO, GrantKind.REFRESH_TOKEN, secret("bobs"), Optional.empty());
        turn(here);

        assertThat(there.takeTurn(BOB, CONTOSO)).isInstanceOf(Yours.class);
        assertThat(there.open(ADA, CONTOSO)).as("reading needs no turn").isPresent();
    }

    @Test
    void theTurnEndsWithWhateverCameOfIt() throws Exception {
        here.renewed(turn(here), Optional.empty(), Optional.empty());
        there.failed(turn(there), "timeout", "no answer");
        here.refused(turn(here), "invalid_grant", "AADSTS700082");
        there.release(turn(there));

        assertThat(here.takeTurn(ADA, CONTOSO)).isInstanceOf(Yours.class);
    }

    @Test
    void theTurnOfANodeThatDiedEndsByItself() throws Exception {
        turn(here);

        clock.pass(LEASE.minusMillis(1));
        assertThat(there.takeTurn(ADA, CONTOSO)).isEqualTo(new Taken(MONDAY.plus(LEASE)));
        clock.pass(Duration.ofMillis(1));
        assertThat(there.takeTurn(ADA, CONTOSO)).isInstanceOf(Yours.class);
    }

    @Test
    void whoWasSlowerThanItsLeaseDoesNotOverwriteTheNewerToken() throws Exception {
        OpenGrant slow = turn(here);
        clock.pass(LEASE);
        there.renewed(turn(there), Optional.of(secret("newer")), Optional.empty());

        assertThat(here.renewed(slow, Optional.of(secret("late")), Optional.empty()))
                .isFalse();
        assertThat(here.refused(slow, "invalid_grant", "used twice")).isFalse();

        assertThat(clear(there.open(ADA, CONTOSO).orElseThrow().secret())).isEqualTo("newer");
        assertThat(there.find(ADA, CONTOSO).orElseThrow().state()).isEqualTo(GrantState.WORKING);
    }

    /** The old one was tried a second time and refused, since the new one was on its way. */
    @Test
    void aFailureOfTheOldTokenDoesNotLoseTheNewOne() throws Exception {
        OpenGrant slow = turn(here);
        clock.pass(LEASE);
        there.refused(turn(there), "invalid_grant", "used twice");

        assertThat(here.renewed(slow, Optional.of(secret("new")), Optional.empty()))
                .isTrue();

        Grant grant = there.find(ADA, CONTOSO).orElseThrow();
        assertThat(grant.state()).isEqualTo(GrantState.WORKING);
        assertThat(grant.trouble()).isEmpty();
        assertThat(clear(there.open(ADA, CONTOSO).orElseThrow().secret())).isEqualTo("new");
    }

    @Test
    void whoComesLateDoesNotEndTheTurnOfAnother() throws Exception {
        OpenGrant slow = turn(here);
        clock.pass(LEASE);
        OpenGrant next = turn(there);

        here.release(slow);
        assertThat(here.takeTurn(ADA, CONTOSO)).isInstanceOf(Taken.class);

        here.renewed(slow, Optional.of(secret("late")), Optional.empty());
        assertThat(here.takeTurn(ADA, CONTOSO)).isInstanceOf(Taken.class);

        assertThat(there.renewed(next, Optional.of(secret("later")), Optional.empty()))
                .as("another was first")
                .isFalse();
        assertThat(clear(turn(here).secret()))
                .as("and the turn has ended all the same")
                .isEqualTo("late");
    }

    @Test
    void aNewConsentIsNotOverwrittenByARefreshOfTheOldOne() throws Exception {
        OpenGrant old = turn(here);
        put(there, ADA, CONTOSO, GrantKind.REFRESH_TOKEN, secret("consent"), Optional.empty());

        assertThat(here.renewed(old, Optional.of(secret("of the old")), Optional.empty()))
                .isFalse();

        assertThat(clear(turn(here).secret())).isEqualTo("consent");
    }

    @Test
    void whereThereIsNothingNobodyHasATurn() throws Exception {
        assertThat(here.takeTurn(BOB, CONTOSO)).isEqualTo(new NothingToOpen());

        here.revoke(ADA, CONTOSO, ROOT);
        assertThat(here.takeTurn(ADA, CONTOSO)).isEqualTo(new NothingToOpen());
    }

    private static OpenGrant turn(GrantVault node) throws Exception {
        if (node.takeTurn(ADA, CONTOSO) instanceof Yours(OpenGrant open)) {
            return open;
        }
        throw new AssertionError("taken");
    }

    /** Every other one on each node. */
    private static <T> List<T> atOnce(int times, Callable<T> here, Callable<T> there) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> answers = new ArrayList<>();
            List<Callable<T>> all = Stream.generate(() -> Stream.of(here, there))
                    .limit(times / 2)
                    .flatMap(both -> both)
                    .toList();
            for (Future<T> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}

package postern.credentials.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginName;
import postern.credentials.Sending;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;
import postern.credentials.store.Database;
import postern.credentials.store.SqlSending;
import postern.credentials.store.SqliteDatabase;

/** P-05 */
class SendingRulesTest {

    private static final String ADDRESS = "ada@example.org";

    private final Database database;
    private final SendingStore store;
    private Instant now = MONDAY;
    private Optional<Sending> sending = Optional.of(Sending.UNLIMITED);
    private SendingLedger ledger;
    private SendingRules rules;

    SendingRulesTest() throws StoreUnavailableException {
        this.database = SqliteDatabase.inMemory();
        this.store = new SqlSending(database);
        this.ledger = new SendingLedger(store, () -> now);
        this.rules = new SendingRules((_, _) -> sending, ledger, Runnable::run);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "", "whoever@elsewhere.example", "\"odd one\"@x"})
    void withoutAListWhateverTheMailboxMay(String address) {
        assertThat(mail(address)).isEqualTo(Verdict.ALLOWED);
        assertThat(rcpt()).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void aListIsTheWholeList() {
        sending = Optional.of(
                new Sending(OptionalInt.empty(), OptionalInt.empty(), Set.of(new LoginName("scanner@example.org"))));

        assertThat(mail("scanner@example.org")).isEqualTo(Verdict.ALLOWED);
        assertThat(mail("Scanner@EXAMPLE.org")).isEqualTo(Verdict.ALLOWED);
        for (String other :
                List.of("ada@example.org", "", "scanner@example.org.evil", "\"x y\"@z", "@a:scanner@example.org")) {
            assertThat(mail(other)).as(other).isEqualTo(Verdict.OTHER_SENDER);
        }
    }

    @Test
    void aDaysMessagesAreSpentAndTheNextDayHasItsOwn() {
        limit(2, 100);

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.UNKNOWN);
        assertThat(List.of(mail(ADDRESS), mail(ADDRESS), mail(ADDRESS)))
                .containsExactly(Verdict.ALLOWED, Verdict.ALLOWED, Verdict.MESSAGES_SPENT);
        now = now.plus(Duration.ofDays(1));

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void recipientsAreCountedApart() {
        limit(2, 1);
        rcpt();

        assertThat(rcpt()).isEqualTo(Verdict.ALLOWED);
        assertThat(rcpt()).isEqualTo(Verdict.RECIPIENTS_SPENT);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void zeroSendsNothing() {
        limit(0, 0);
        mail(ADDRESS);

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.MESSAGES_SPENT);
        assertThat(rcpt()).isEqualTo(Verdict.RECIPIENTS_SPENT);
    }

    @Test
    void whatTheMailServerRefusesIsGivenBack() {
        limit(1, 1);
        mail(ADDRESS);
        mail(ADDRESS);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.MESSAGES_SPENT);

        rules.refused(SCANNER_ID, new Sent(1, 0));

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
    }

    /** Trap 44 */
    @Test
    void aLimitHoldsHoweverManySessionsSendAtOnce() throws Exception {
        limit(100, 100);
        mail(ADDRESS);
        List<Future<Long>> allowed;
        try (ExecutorService sessions = Executors.newFixedThreadPool(8)) {
            Callable<Long> session = () -> IntStream.range(0, 50)
                    .filter(_ -> mail(ADDRESS) == Verdict.ALLOWED)
                    .peek(at -> write(at))
                    .count();
            allowed = sessions.invokeAll(Collections.nCopies(8, session));
        }
        long sum = 0;
        for (Future<Long> one : allowed) {
            sum += one.get();
        }

        assertThat(sum).isEqualTo(100);
        ledger.write();
        assertThat(store.on(day(), SCANNER_ID).messages()).isEqualTo(100);
    }

    private void write(int at) {
        if (at % 10 == 0) {
            ledger.write();
        }
    }

    @Test
    void aRestartGivesNobodyAnotherDaysWorth() {
        limit(2, 100);
        mail(ADDRESS);
        mail(ADDRESS);
        mail(ADDRESS);
        ledger.close();

        ledger = new SendingLedger(store, () -> now);
        rules = new SendingRules((_, _) -> sending, ledger, Runnable::run);

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.UNKNOWN);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.MESSAGES_SPENT);
    }

    @Test
    void whatOtherNodesSendCountsOnceItIsWritten() throws Exception {
        limit(3, 100);
        mail(ADDRESS);
        SendingLedger otherLedger = new SendingLedger(store, () -> now);
        SendingRules other = new SendingRules((_, _) -> sending, otherLedger, Runnable::run);
        other.sender(ADA, SCANNER_ID, ADDRESS);
        assertThat(other.sender(ADA, SCANNER_ID, ADDRESS)).isEqualTo(Verdict.ALLOWED);
        assertThat(other.sender(ADA, SCANNER_ID, ADDRESS)).isEqualTo(Verdict.ALLOWED);
        otherLedger.close();

        ledger.write();

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.MESSAGES_SPENT);
    }

    @Test
    void whatIsNotKnownIsToldAsLater() {
        sending = Optional.empty();

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.UNKNOWN);
        assertThat(rcpt()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void whileTheStoreIsAwayCountingGoesOn() throws Exception {
        limit(3, 100);
        mail(ADDRESS);
        mail(ADDRESS);
        database.close();

        ledger.write();

        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.ALLOWED);
        assertThat(mail(ADDRESS)).isEqualTo(Verdict.MESSAGES_SPENT);
    }

    private void limit(int messages, int recipients) {
        sending = Optional.of(new Sending(OptionalInt.of(messages), OptionalInt.of(recipients), Set.of()));
    }

    private long day() {
        return Duration.between(Instant.EPOCH, now).toDays();
    }

    private Verdict mail(String address) {
        return rules.sender(ADA, SCANNER_ID, address);
    }

    private Verdict rcpt() {
        return rules.recipient(ADA, SCANNER_ID);
    }
}

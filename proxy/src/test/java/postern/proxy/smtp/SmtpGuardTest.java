package postern.proxy.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.GuardedRelay;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.Manners;

/** P-05: what is said after the login, and how it ends: the relay and what it knows of SMTP. */
class SmtpGuardTest {

    private static final List<String> CAPABILITIES = List.of("SIZE 1000", "CHUNKING");
    private static final String MESSAGE = "Subject: x\r\n\r\nHello.\r\n..\r\nXCLIENT LOGIN=eve\r\n";

    private final List<String> shown = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final GuardedRelay relay =
            new GuardedRelay(new SmtpGuard("mail.example", CAPABILITIES, new Rules(), Manners.NONE));

    @AfterEach
    void leave() {
        relay.close();
    }

    @Test
    void aMessagePassesUnalteredAndIsNeverTakenForCommands() {
        beginMessage();
        relay.clientSays(MESSAGE + ".\r\nQUIT\r\n");

        assertThat(relay.upstreamHears()).isEqualTo(MESSAGE + ".\r\nQUIT\r\n");
        assertThat(relay.clientHears()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void howeverItsPacketsComeApart(int size) {
        beginMessage();
        String said = MESSAGE + ".\r\nXCLIENT LOGIN=eve\r\nNOOP\r\n";
        for (int at = 0; at < said.length(); at += size) {
            relay.clientSays(said.substring(at, Math.min(at + size, said.length())));
        }

        assertThat(relay.upstreamHears()).isEqualTo(MESSAGE + ".\r\nNOOP\r\n");
        relay.upstreamSays("250 2.0.0 queued\r\n250 ok\r\n");
        assertThat(relay.clientHears()).isEqualTo("250 2.0.0 queued\r\n550 5.7.0 Not here.\r\n250 ok\r\n");
    }

    /** A provider that bears thirty messages a minute: nobody is refused, and nothing is lost. */
    @Test
    void whoSendsTooFastIsHeardMoreSlowly() {
        Manners slowly = new Manners() {

            @Override
            public Duration beforeTheNextMessage() {
                return Duration.ofSeconds(2);
            }

            @Override
            public void complained(String words) {}
        };
        try (GuardedRelay paced = new GuardedRelay(new SmtpGuard("mail.example", CAPABILITIES, new Rules(), slowly))) {
            paced.clientSays("MAIL FROM:<ada@example.org>\r\nRCPT TO:<grace@example.org>\r\nDATA\r\n");

            assertThat(paced.upstreamHears()).isEqualTo("MAIL FROM:<ada@example.org>\r\n");
            assertThat(paced.isClientRead()).isFalse();
            paced.upstreamSays("250 ok\r\n");
            assertThat(paced.clientHears()).isEqualTo("250 ok\r\n");
            paced.pass(1_999);
            assertThat(paced.upstreamHears()).isEmpty();
            paced.pass(1);
            assertThat(paced.upstreamHears()).isEqualTo("RCPT TO:<grace@example.org>\r\nDATA\r\n");
        }
    }

    @Test
    void anEmptyMessageIsAMessage() {
        beginMessage();
        relay.clientSays(".\r\nAUTH PLAIN\r\n");

        assertThat(relay.upstreamHears()).isEqualTo(".\r\n");
        relay.upstreamSays("250 queued\r\n");
        assertThat(relay.clientHears()).isEqualTo("250 queued\r\n503 5.5.1 You are logged in already.\r\n");
    }

    /** Trap 31 */
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r.\n", "\n.\r"})
    void whatSomeTakeForTheEndOfAMessageReachesNobody(String end) {
        for (boolean atOnce : new boolean[] {true, false}) {
            try (GuardedRelay smuggling =
                    new GuardedRelay(new SmtpGuard("mail.example", CAPABILITIES, new Rules(), Manners.NONE))) {
                smuggling.clientSays("DATA\r\n");
                smuggling.upstreamSays("354 go\r\n");
                smuggling.clientHears();
                smuggling.upstreamHears();

                String said = "Hello." + end + "MAIL FROM:<eve@example.org>\r\n";
                if (atOnce) {
                    smuggling.clientSays(said);
                } else {
                    said.chars().forEach(c -> smuggling.clientSays(String.valueOf((char) c)));
                }

                assertThat(smuggling.upstreamHears()).isEqualTo("Hello." + end.substring(0, end.indexOf('.') + 1));
                assertThat(smuggling.clientHears())
                        .startsWith("550 5.6.0 ")
                        .endsWith("\r\n421 4.7.0 I cannot follow you.\r\n");
                assertThat(smuggling.isOpen()).isFalse();
            }
        }
    }

    /** Devices write such line ends, and no dot alone between them: no harm in that. */
    @Test
    void bareLineEndsThatEndNothingPassAsTheyAre() {
        beginMessage();
        String message = "Subject: x\n\nHello.\r.x\n.x\r\n.\tx\r\r\n";
        relay.clientSays(message + ".\r\n");

        assertThat(relay.upstreamHears()).isEqualTo(message + ".\r\n");
    }

    @Test
    void whatComesBehindDataWaitsUntilItIsKnownWhatItIs() {
        relay.clientSays("DATA\r\nXCLIENT LOGIN=eve\r\n.\r\nNOOP\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("DATA\r\n");
        assertThat(relay.isClientRead()).isFalse();

        relay.upstreamSays("354-go\r\n35");
        relay.upstreamSays("4 on\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("XCLIENT LOGIN=eve\r\n.\r\nNOOP\r\n");
        assertThat(relay.isClientRead()).isTrue();
    }

    @Test
    void whatComesBehindARefusedDataIsACommand() {
        relay.clientSays("DATA\r\nXCLIENT LOGIN=eve\r\nNOOP\r\n");

        relay.upstreamSays("503 5.5.1 no recipient\r\n");

        assertThat(relay.clientHears()).isEqualTo("503 5.5.1 no recipient\r\n550 5.7.0 Not here.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("DATA\r\nNOOP\r\n");
    }

    @Test
    void aChunkPassesUnalteredAndIsNeverTakenForCommands() {
        relay.clientSays("BDAT 12\r\nXCLIENT\r\nX\r\nBDAT 4 last\r\n\r\n.\nAUTH\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("BDAT 12\r\nXCLIENT\r\nX\r\nBDAT 4 last\r\n\r\n.\n");
        relay.upstreamSays("250 ok\r\n250 queued\r\n");
        assertThat(relay.clientHears()).isEqualTo("250 ok\r\n250 queued\r\n503 5.5.1 You are logged in already.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BDAT", "BDAT x", "BDAT -1", "BDAT 5 MORE", "BDAT 5 LAST x", "BDAT 9999999999999999999"})
    void aChunkOfUnknownSizeEndsTheSession(String command) {
        relay.clientSays("NOOP\r\n" + command + "\r\nXCLIENT LOGIN=eve\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("NOOP\r\n");
        assertThat(relay.clientHears()).startsWith("501 5.5.4 ").contains("\r\n421 ");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aChunkThatTheUpstreamWouldTakeForCommandsIsDropped() {
        try (GuardedRelay old = new GuardedRelay(new SmtpGuard("mail.example", List.of(), new Rules(), Manners.NONE))) {
            old.clientSays("BDAT 19 LAST\r\nXCLIENT LOGIN=eve\r\nNOOP\r\n");

            assertThat(old.upstreamHears()).isEqualTo("NOOP\r\n");
            assertThat(old.clientHears()).isEqualTo("502 5.5.1 The mail server takes no chunks.\r\n");
        }
    }

    @Test
    void anEhloIsAnsweredFromWhatTheUpstreamOffersAndForgetsTheMessageAtHand() {
        relay.clientSays("MAIL FROM:<ada@example.org>\r\nEHLO again\r\nHELO again\r\nNOOP\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("MAIL FROM:<ada@example.org>\r\nRSET\r\nRSET\r\nNOOP\r\n");
        relay.upstreamSays("250 ok\r\n250-for");
        relay.upstreamSays("gotten\r\n250 forgotten\r\n250 forgotten\r\n250 noop\r\n");
        assertThat(relay.clientHears())
                .isEqualTo("250 ok\r\n250-mail.example\r\n250-SIZE 1000\r\n250 CHUNKING\r\n"
                        .concat("250 mail.example\r\n250 noop\r\n"));
    }

    /** The seam for what an app password may send. */
    @Test
    void showsEachSenderAndRecipientToTheRules() {
        relay.clientSays("mail from:<ada@example.org> SIZE=5\r\nRCPT TO:<grace@example.org>\r\n"
                .concat("RCPT TO:<no@example.net> NOTIFY=NEVER\r\nMAIL FROM:<>\r\nMAIL FROM:<no@x>\r\n"));

        assertThat(shown).containsExactly("ada@example.org", "grace@example.org", "no@example.net", "", "no@x");
        assertThat(relay.upstreamHears())
                .isEqualTo("mail from:<ada@example.org> SIZE=5\r\nRCPT TO:<grace@example.org>\r\nMAIL FROM:<>\r\n");
        relay.upstreamSays("250 ok\r\n250 ok\r\n503 nested\r\n");
        assertThat(relay.clientHears())
                .isEqualTo("250 ok\r\n250 ok\r\n550 5.7.1 Not no@example.net.\r\n503 nested\r\n"
                        .concat("550 5.7.1 Not no@x.\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAIL FROM:<a@b><c@d>",
                "MAIL FROM:<a@b",
                "MAIL FROM:",
                "MAIL TO:<a@b>",
                "MAIL",
                "MAIL FROM:<\"a>@b",
                "MAIL FROM:a@b>",
                "RCPT TO:<a <b@c>"
            })
    void anAddressThatAnotherServerMightReadDifferentlyIsReadByNobody(String command) {
        relay.clientSays(command + "\r\n");

        assertThat(relay.clientHears()).startsWith("501 5.5.4 Expected ");
        assertThat(relay.upstreamHears()).isEmpty();
        assertThat(shown).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<\"a > b\"@c>", "<\"a\\\"b\"@c>", "<@relay,@other:a@b>", "<zoë@example.org> SMTPUTF8", "a@b"})
    void theOddAddressesOfTheStandardPass(String address) {
        relay.clientSays("RCPT TO:" + address + "\r\n");

        assertThat(relay.upstreamHears()).isEqualTo("RCPT TO:" + address + "\r\n");
    }

    /** Trap 51: with its answer still to come, a client that hears 421 sends the message a second time. */
    @Test
    void aGoodbyeWaitsForTheAnswerToAMessage() {
        beginMessage();
        relay.clientSays("Hello.\r\n.\r\n");
        relay.end(SessionEnd.REVOKED);
        assertThat(relay.clientHears()).isEmpty();

        relay.upstreamSays("250 2.0.0 queued\r\n");

        assertThat(relay.clientHears()).isEqualTo("250 2.0.0 queued\r\n421 4.7.0 This app password was revoked.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeInTheMiddleOfAMessageComesAtOnceAndTheMessageIsNeverEnded() {
        beginMessage();
        relay.clientSays("Hello.\r\n");
        relay.end(SessionEnd.REVOKED);
        relay.clientSays(".\r\n");

        assertThat(relay.clientHears()).isEqualTo("421 4.7.0 This app password was revoked.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("Hello.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeInTheMiddleOfAChunkWaitsForWhatIsBeforeItAndTheChunkIsNeverEnded() {
        relay.clientSays("RSET\r\nBDAT 10 LAST\r\nHello");
        relay.end(SessionEnd.SHUTDOWN);
        relay.clientSays("Ada.\n");
        assertThat(relay.clientHears()).isEmpty();
        relay.upstreamSays("250 ok\r\n");

        assertThat(relay.clientHears())
                .isEqualTo("250 ok\r\n421 4.7.0 Postern is going down for a moment. Come again.\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("RSET\r\nBDAT 10 LAST\r\nHello");
        assertThat(relay.isOpen()).isFalse();
    }

    /** Trap 51: 421 may answer anything, and a client that is cut off instead sends its message again all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"", "NOOP\r\n", "DATA\r\n"})
    void anUpstreamThatHangsUpInSilenceIsSpokenFor(String awaited) {
        relay.clientSays(awaited);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("421 4.7.0 The mail server hung up.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hel", "Hello.\r\n", "Hello.\r\n.\r\n"})
    void alsoWhileItIsOwedAMessageOrOwesTheAnswer(String message) {
        beginMessage();
        relay.clientSays(message);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("421 4.7.0 The mail server hung up.\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "250-mail.example\r\n", "250-mail.example\r\n250 "})
    void butNotInTheMiddleOfAnAnswer(String some) {
        relay.clientSays("HELP\r\n");
        relay.upstreamSays(some);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo(some);
    }

    @ParameterizedTest
    @ValueSource(strings = {"221 2.0.0 Bye.\r\n", "421 4.4.2 Timeout.\r\n", "421-4.3.2 Going\r\n421 4.3.2 down.\r\n"})
    void norBehindItsOwnGoodbye(String goodbye) {
        relay.clientSays("QUIT\r\n");
        relay.upstreamSays(goodbye);
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo(goodbye);
    }

    @Test
    void whoFallsSilentHearsWhatBecameOfItsMessage() {
        relay.clientSays("DATA\r\nHello.\r\n.\r\nQUIT\r\n");
        relay.clientFallsSilent();
        relay.upstreamSays("354 go\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("DATA\r\nHello.\r\n.\r\nQUIT\r\n");
        relay.upstreamSays("250 queued\r\n");
        assertThat(relay.isOpen()).isTrue();
        relay.upstreamSays("221 Bye.\r\n");

        assertThat(relay.clientHears()).isEqualTo("354 go\r\n250 queued\r\n221 Bye.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void whoFallsSilentInTheMiddleOfAMessageHasLeft() {
        beginMessage();
        relay.clientSays("Hello.\r\n");
        relay.clientFallsSilent();

        assertThat(relay.isOpen()).isFalse();
        assertThat(relay.upstreamHears()).isEqualTo("Hello.\r\n");
    }

    @Test
    void whatTheUpstreamRefusesOfAnEnvelopeIsTold() {
        relay.clientSays("MAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nMAIL FROM:<c@x>\r\nRCPT TO:<no@x>\r\nRSET\r\n");
        relay.upstreamSays("550 no\r\n250 ok\r\n250 ok\r\n502 no\r\n");
        relay.clientSays("RCPT TO:<d@x>\r\n");
        relay.upstreamSays("452-no\r\n452 no\r\n");

        assertThat(refused).containsExactly("sender", "recipient");
    }

    @Test
    void noiseBetweenCommandsNeverBreaksIt() {
        Random noise = new Random(2026);
        for (int i = 0; i < 5_000; i++) {
            byte[] some = new byte[noise.nextInt(20)];
            noise.nextBytes(some);
            relay.clientSays(new String(some, StandardCharsets.ISO_8859_1));
        }
        relay.clientSays("\r\nXCLIENT LOGIN=eve\r\n");

        assertThat(relay.upstreamHears()).doesNotContain("XCLIENT");
    }

    private void beginMessage() {
        relay.clientSays("DATA\r\n");
        relay.upstreamSays("354 go\r\n");
        assertThat(relay.clientHears()).isEqualTo("354 go\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("DATA\r\n");
    }

    /** Objects to whoever is called no. */
    private final class Rules implements EnvelopeRules {

        @Override
        public Optional<String> objectionToSender(String address) {
            shown.add(address);
            return address.startsWith("no@") ? Optional.of("550 5.7.1 Not " + address + ".") : Optional.empty();
        }

        @Override
        public Optional<String> objectionToRecipient(String address) {
            return objectionToSender(address);
        }

        @Override
        public void senderRefused() {
            refused.add("sender");
        }

        @Override
        public void recipientRefused() {
            refused.add("recipient");
        }
    }
}

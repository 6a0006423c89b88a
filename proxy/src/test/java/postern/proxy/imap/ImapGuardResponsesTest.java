package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.proxy.conversation.GuardedRelay;
import postern.proxy.session.SessionEnd;
import postern.proxy.upstream.Manners;

/** What a mailbox says after the login, what the client hears of it, and how it ends. Trap 22, trap 51. */
class ImapGuardResponsesTest {

    private static final String REVOKED = "* BYE This app password was revoked.\r\n";

    private final GuardedRelay relay = new GuardedRelay(new ImapGuard(Manners.NONE));

    @AfterEach
    void leave() {
        relay.close();
    }

    @Test
    void aComplaintOfThrottlingIsHeardAndPassedOnAsItIs() {
        List<String> complaints = new ArrayList<>();
        Manners hearing = new Manners() {

            @Override
            public Duration beforeTheNextMessage() {
                return Duration.ZERO;
            }

            @Override
            public void complained(String words) {
                complaints.add(words);
            }
        };
        String said =
                "a BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds\r\n* BYE Connection closed. 14\r\n";
        try (GuardedRelay throttled = new GuardedRelay(new ImapGuard(hearing))) {
            throttled.clientSays("a SELECT INBOX\r\n");
            said.chars().forEach(c -> throttled.upstreamSays(String.valueOf((char) c)));

            assertThat(throttled.clientHears()).isEqualTo(said);
        }
        assertThat(complaints).containsExactly("BAD Request is throttled. Suggested Backoff Time: 299961 milliseconds");
    }

    @ParameterizedTest
    @CsvSource({
        "* CAPABILITY IMAP4rev1 STARTTLS IDLE AUTH=PLAIN, * CAPABILITY IMAP4rev1 IDLE",
        "* capability starttls IMAP4rev1 COMPRESS=DEFLATE, * capability IMAP4rev1",
        "* OK [CAPABILITY IMAP4rev1 UNAUTHENTICATE IDLE] AUTH=PLAIN is text, * OK [CAPABILITY IMAP4rev1 IDLE] AUTH=PLAIN is text",
        "a1 OK [CAPABILITY LOGINDISABLED IMAP4rev1 SASL-IR X-UNAUTHENTICATE] ok, a1 OK [CAPABILITY IMAP4rev1] ok",
        "* CAPABILITY, * CAPABILITY",
        "* OK STARTTLS is a word, * OK STARTTLS is a word",
        "* NO [CAPABILITY STARTTLS] no, * NO [CAPABILITY STARTTLS] no",
        "* LIST () \"/\" STARTTLS, * LIST () \"/\" STARTTLS",
        "* CAPABILITIES STARTTLS, * CAPABILITIES STARTTLS",
        "a1 CAPABILITY STARTTLS, a1 CAPABILITY STARTTLS",
    })
    void onlyWhatTheClientCanHaveThroughUsIsOffered(String said, String heard) {
        for (int size = 1; size <= said.length() + 2; size++) {
            String packets = said + "\r\n* 3 EXISTS\r\n";
            StringBuilder client = new StringBuilder();
            for (int at = 0; at < packets.length(); at += size) {
                relay.upstreamSays(packets.substring(at, Math.min(at + size, packets.length())));
                client.append(relay.clientHears());
            }
            assertThat(client.toString()).isEqualTo(heard + "\r\n* 3 EXISTS\r\n");
        }
    }

    @Test
    void aMessageThatLooksLikeAListOfCapabilitiesIsAMessage() {
        String message = "* CAPABILITY STARTTLS\r\n";
        String said = "* 1 FETCH (BODY[] {%d}\r\n%s A {23}\r\n%s)\r\n".formatted(message.length(), message, message);

        relay.upstreamSays(said);

        assertThat(relay.clientHears()).isEqualTo(said);
    }

    @Test
    void aWordOfAnyLengthPassesAndIsNotKept() {
        String word = "X".repeat(100_000);
        relay.upstreamSays("* CAPABILITY " + word);
        relay.upstreamSays(word + " IDLE\r\n");

        assertThat(relay.clientHears()).isEqualTo("* CAPABILITY " + word + word + " IDLE\r\n");
    }

    @Test
    void ourAnswerWaitsForTheEndOfAResponse() {
        relay.upstreamSays("* 1 FETCH (BODY[] {4}\r\nab");
        relay.clientSays("a2 STARTTLS\r\n");
        relay.upstreamSays("\r\n");
        assertThat(relay.clientHears()).isEqualTo("* 1 FETCH (BODY[] {4}\r\nab\r\n");

        relay.upstreamSays(")\r\na1 OK\r\n");

        assertThat(relay.clientHears()).isEqualTo(")\r\na2 BAD You are logged in, and stay so.\r\na1 OK\r\n");
    }

    /** Else a client could have it end a line as it likes, and hide from us what comes behind. */
    @Test
    void whatALineForEyesEndsInIsNoLiteral() {
        relay.clientSays("a1 SELECT \"x {30}\"\r\n");
        relay.clientSays("a2 APPEND INBOX {2}\r\n");
        relay.upstreamSays("a1 NO no such mailbox: x {30}\r\n+ OK\r\n");
        relay.clientSays("xx\r\n");

        assertThat(relay.upstreamHears()).endsWith("{2}\r\nxx\r\n");
    }

    @Test
    void theRequestThatTheClientNeedsNotIsNotPassedOn() {
        relay.clientSays("a1 APPEND INBOX {2+}\r\nxx\r\n");
        relay.upstreamSays("* 3 EXISTS\r\n+ OK\r\na1 OK\r\n");

        assertThat(relay.clientHears()).isEqualTo("* 3 EXISTS\r\na1 OK\r\n");
    }

    @Test
    void aGoodbyeComesAtOnceWhenNothingIsUnderWay() {
        relay.clientSays("a1 NOOP\r\n");
        relay.upstreamSays("a1 OK\r\n");

        relay.end(SessionEnd.REVOKED);

        assertThat(relay.clientHears()).isEqualTo("a1 OK\r\n" + REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1 IDLE\r\n", "a1 APPEND INBOX {5}\r\n", "a1 APP", "a1 LOGIN {9+}\r\nx"})
    void aGoodbyeWaitsForNobodyWhoIdlesNorForHalfACommand(String said) {
        relay.clientSays(said);
        relay.clientHears();

        relay.end(SessionEnd.REVOKED);

        assertThat(relay.clientHears()).isEqualTo(REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeInTheMiddleOfALiteralLeavesNoMessageBehind() {
        relay.clientSays("a1 APPEND INBOX {5}\r\n");
        relay.upstreamSays("+ OK\r\n");
        relay.clientSays("xx");
        relay.clientHears();

        relay.end(SessionEnd.REVOKED);

        assertThat(relay.clientHears()).isEqualTo(REVOKED);
        assertThat(relay.upstreamHears()).isEqualTo("a1 APPEND INBOX {5}\r\nxx");
    }

    /** Else the client would append it again. */
    @Test
    void aGoodbyeWaitsForTheAnswerToACommand() {
        relay.clientSays("a1 APPEND INBOX {2+}\r\nxx\r\n");
        relay.upstreamSays("+ OK\r\n");
        relay.end(SessionEnd.REVOKED);
        relay.upstreamSays("* 3 EXISTS\r\n");
        assertThat(relay.clientHears()).isEqualTo("* 3 EXISTS\r\n");
        assertThat(relay.isOpen()).isTrue();

        relay.upstreamSays("a1 OK\r\n* 4 EXISTS\r\n");

        assertThat(relay.clientHears()).isEqualTo("a1 OK\r\n* 4 EXISTS\r\n" + REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aRevocationWaitsAMomentAndNoLonger() {
        relay.clientSays("a1 NOOP\r\n");
        relay.end(SessionEnd.REVOKED);
        relay.pass(2_999);
        assertThat(relay.clientHears()).isEmpty();
        relay.pass(1);

        assertThat(relay.clientHears()).isEqualTo(REVOKED);
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aShutdownWaitsUntilTheLastCall() {
        relay.clientSays("a1 FETCH 1 BODY[]\r\n");
        relay.end(SessionEnd.SHUTDOWN);
        relay.pass(60_000);
        assertThat(relay.isOpen()).isTrue();

        relay.end(SessionEnd.LAST_CALL);

        assertThat(relay.clientHears()).isEqualTo("* BYE Postern is going down for a moment. Come again.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void theLastCallSaysNothingInTheMiddleOfAMessage() {
        relay.clientSays("a1 FETCH 1 BODY[]\r\n");
        relay.upstreamSays("* 1 FETCH (BODY[] {9}\r\nab\r\n");
        relay.end(SessionEnd.SHUTDOWN);

        relay.end(SessionEnd.LAST_CALL);

        assertThat(relay.clientHears()).isEqualTo("* 1 FETCH (BODY[] {9}\r\nab\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aRevocationDuringAShutdownEndsSooner() {
        relay.clientSays("a1 NOOP\r\n");
        relay.end(SessionEnd.SHUTDOWN);
        relay.end(SessionEnd.REVOKED);
        relay.pass(3_000);

        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void anUpstreamThatHangsUpInSilenceIsSpokenFor() {
        relay.clientSays("a1 NOOP\r\n");
        relay.upstreamSays("* 3 EXISTS\r\n");
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("* 3 EXISTS\r\n* BYE The mail server hung up.\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void butNotInTheMiddleOfAMessage() {
        relay.upstreamSays("* 1 FETCH (BODY[] {9}\r\nab");
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("* 1 FETCH (BODY[] {9}\r\nab");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void aGoodbyeOfTheUpstreamsPassesAndTheSessionEnds() {
        relay.upstreamSays("* BYE enough\r\n");
        relay.upstreamLeaves();

        assertThat(relay.clientHears()).isEqualTo("* BYE enough\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void whoFallsSilentHearsWhatItAskedForAndThenTheSessionEnds() {
        relay.clientSays("a1 APPEND x {3+}\r\nabc\r\na2 LOGOUT\r\n");
        relay.clientFallsSilent();
        assertThat(relay.upstreamHears()).isEqualTo("a1 APPEND x {3}\r\n");
        relay.upstreamSays("+ go\r\n");
        assertThat(relay.upstreamHears()).isEqualTo("abc\r\na2 LOGOUT\r\n");
        relay.upstreamSays("a1 OK\r\n");
        assertThat(relay.isOpen()).isTrue();
        relay.upstreamSays("* BYE\r\na2 OK\r\n");

        assertThat(relay.clientHears()).isEqualTo("a1 OK\r\n* BYE\r\na2 OK\r\n");
        assertThat(relay.isOpen()).isFalse();
    }

    @Test
    void whoFallsSilentWhileItIdlesHasLeft() {
        relay.clientSays("a1 IDLE\r\n");
        relay.upstreamSays("+ idling\r\n");
        relay.clientFallsSilent();

        assertThat(relay.isOpen()).isFalse();
    }
}

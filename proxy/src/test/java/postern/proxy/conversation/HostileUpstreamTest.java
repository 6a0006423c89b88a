package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.proxy.listen.SampleTls.LOCALHOST;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.UpstreamTls;
import postern.proxy.imap.ImapUpstreamLanguage;
import postern.proxy.pop3.Pop3UpstreamLanguage;
import postern.proxy.smtp.SmtpUpstreamLanguage;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Line;
import postern.proxy.upstream.ScriptedUpstream.Script;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Traps 3 and 30, whatever is spoken: a mail server is trusted no more than a client is. */
class HostileUpstreamTest {

    private static final int MANY = 10_000;
    private static final String LONG = "x".repeat(100_000);

    /**
     * What a mail server says in turn: first of all, and then to one line of ours after the other.
     *
     * @param injected what somebody in the line might put behind an answer
     */
    record Spoken(
            UpstreamLanguage<?> language,
            String greeting,
            List<String> beforeTls,
            List<String> welcome,
            List<String> refusal,
            List<String> flood,
            String injected,
            String nonsense,
            String goodbye) {

        @Override
        public String toString() {
            return language.protocol().toString();
        }
    }

    static List<Spoken> all() {
        return List.of(
                new Spoken(
                        new ImapUpstreamLanguage(),
                        "* OK ready\r\n",
                        List.of("S1 OK go\r\n"),
                        List.of("L1 OK [CAPABILITY IMAP4rev1] in\r\n"),
                        List.of("L1 NO [AUTHENTICATIONFAILED] no\r\n"),
                        List.of("* OK busy\r\n".repeat(MANY)),
                        "L1 OK [CAPABILITY IMAP4rev1] in\r\n",
                        "* PREAUTH in\r\n",
                        "* BYE full\r\n"),
                new Spoken(
                        new Pop3UpstreamLanguage(),
                        "+OK ready\r\n",
                        List.of("+OK go\r\n"),
                        List.of("+OK\r\n", "+OK in\r\n", "+OK\r\nTOP\r\n.\r\n"),
                        List.of("+OK\r\n", "-ERR [AUTH] no\r\n"),
                        List.of("+OK\r\n", "+OK in\r\n", "+OK\r\n" + "X\r\n".repeat(MANY)),
                        "+OK in\r\n",
                        "* OK\r\n",
                        "-ERR full\r\n"),
                new Spoken(
                        new SmtpUpstreamLanguage("postern.example"),
                        "220-mail.example\r\n220 ready\r\n",
                        List.of("250-mail.example\r\n250 STARTTLS\r\n", "220 go\r\n"),
                        List.of("250-mail.example\r\n250-SIZE 9\r\n250 AUTH PLAIN\r\n", "334 \r\n", "235 in\r\n"),
                        List.of(
                                "250-mail.example\r\n250-SIZE 9\r\n250 AUTH PLAIN\r\n",
                                "334 \r\n",
                                "535-5.7.8 no\r\n535 no\r\n"),
                        List.of("250-X\r\n".repeat(MANY)),
                        "250-SIZE 9\r\n250 AUTH PLAIN\r\n",
                        "+OK in\r\n",
                        "421 full\r\n"));
    }

    /** How an answer gets on the wire. */
    private interface Way {
        void say(Line line, String text) throws IOException;
    }

    private static Script saying(String greeting, List<String> answers, Way way) {
        return line -> {
            way.say(line, greeting);
            for (String answer : answers) {
                line.hear();
                way.say(line, answer);
            }
            line.fallSilent();
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void anAnswerIsTheSameHoweverItComesApart(Spoken spoken) throws Exception {
        List<Way> ways = List.of(
                Line::trickle,
                (line, text) -> line.say(text.replace("\r\n", "\n")),
                (line, text) -> line.trickle(text.replace("\r\n", "\n")));
        for (Way way : ways) {
            try (SampleUpstreams upstreams = new SampleUpstreams(spoken.language());
                    ScriptedUpstream server = new ScriptedUpstream(saying(spoken.greeting(), spoken.welcome(), way))) {
                assertThat(upstreams.opened(server.port(), UpstreamTls.NONE).capabilities())
                        .hasSize(1);
            }
            fails(
                    spoken,
                    UpstreamTls.NONE,
                    UpstreamFailure.REFUSED,
                    "no",
                    saying(spoken.greeting(), spoken.refusal(), way));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void whoNeverComesToAnEndIsNotHeardToTheEnd(Spoken spoken) throws Exception {
        fails(
                spoken,
                UpstreamTls.NONE,
                UpstreamFailure.CONFUSED,
                "more than 100 lines",
                saying(spoken.greeting(), spoken.flood(), Line::say));
        fails(
                spoken,
                UpstreamTls.NONE,
                UpstreamFailure.CONFUSED,
                "a line of more than 8192 bytes",
                saying(spoken.greeting().strip() + LONG + "\r\n", List.of(), Line::say));
        fails(
                spoken,
                UpstreamTls.NONE,
                UpstreamFailure.CONFUSED,
                "a line of more than 8192 bytes",
                saying(spoken.greeting(), List.of(spoken.welcome().getFirst().strip() + LONG), Line::say));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void halfAnAnswerIsNotWaitedForForEver(Spoken spoken) throws Exception {
        String half = spoken.flood().getFirst().substring(0, 5);
        try (SampleUpstreams upstreams =
                        new SampleUpstreams(spoken.language()).with("login-timeout = 2s, retries.tries = 1");
                ScriptedUpstream server = new ScriptedUpstream(saying(spoken.greeting(), List.of(half), Line::say))) {
            assertThat(upstreams.failure(server.port(), UpstreamTls.NONE))
                    .hasMessageContaining("it took too long")
                    .returns(UpstreamFailure.UNREACHABLE, UpstreamException::failure);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void whatIsSaidAheadOfTheHandshakeIsSomebodyElses(Spoken spoken) throws Exception {
        String go = spoken.beforeTls().getLast();
        List<String> before = spoken.beforeTls().subList(0, spoken.beforeTls().size() - 1);
        for (String injected : List.of(spoken.injected(), spoken.injected().substring(0, 3))) {
            Script behindTheOk = line -> {
                line.say(spoken.greeting());
                for (String answer : before) {
                    line.hear();
                    line.say(answer);
                }
                line.hear();
                line.say(go + injected);
                line.turnOnTls(LOCALHOST);
            };
            fails(spoken, UpstreamTls.STARTTLS, UpstreamFailure.UNTRUSTED, "it spoke between its OK", behindTheOk);
            Script aheadOfAllQuestions = line -> {
                line.say(spoken.greeting() + String.join("", before) + go + injected);
                line.fallSilent();
            };
            fails(
                    spoken,
                    UpstreamTls.STARTTLS,
                    UpstreamFailure.UNTRUSTED,
                    "it spoke between its OK",
                    aheadOfAllQuestions);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void aGreetingThatIsNoneHearsNothingOfOurs(Spoken spoken) throws Exception {
        for (UpstreamTls tls : List.of(UpstreamTls.NONE, UpstreamTls.STARTTLS)) {
            fails(
                    spoken,
                    tls,
                    UpstreamFailure.CONFUSED,
                    spoken.nonsense().strip(),
                    saying(spoken.nonsense() + spoken.injected(), List.of(), Line::say));
            fails(
                    spoken,
                    tls,
                    UpstreamFailure.UNREACHABLE,
                    spoken.goodbye().strip(),
                    saying(spoken.goodbye(), List.of(), Line::say));
        }
    }

    /** And without TLS that it insisted on, nobody has heard whose mailbox it is for. */
    private static void fails(Spoken spoken, UpstreamTls tls, UpstreamFailure expected, String seen, Script script)
            throws Exception {
        try (SampleUpstreams upstreams = new SampleUpstreams(spoken.language()).with("retries.tries = 1");
                ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.failure(server.port(), tls))
                    .hasMessageContaining(seen)
                    .returns(expected, UpstreamException::failure);
            if (tls == UpstreamTls.STARTTLS) {
                assertThat(server.heard()).noneMatch(line -> line.contains("ada") || line.startsWith("L1"));
            }
        }
    }
}

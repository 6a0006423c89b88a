package postern.proxy.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.proxy.conversation.SampleUpstreams.PASSWORD;
import static postern.proxy.listen.SampleTls.LOCALHOST;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.config.UpstreamTls;
import postern.proxy.conversation.SampleUpstreams;
import postern.proxy.session.Handlers;
import postern.proxy.upstream.ScriptedUpstream;
import postern.proxy.upstream.ScriptedUpstream.Script;
import postern.proxy.upstream.UpstreamDoor.Mailbox;

/** Logs in at a mail server that means well. */
class ImapUpstreamDoorTest {

    private static final String WELCOME = "L1 OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] in\r\n";
    private static final String LOGIN = "L1 LOGIN \"ada@example.org*postern\" \"s3\\\"cret\\\\of-ours\"";

    private final SampleUpstreams upstreams;

    ImapUpstreamDoorTest() throws Exception {
        upstreams = new SampleUpstreams(new ImapUpstreamLanguage());
    }

    @AfterEach
    void close() {
        upstreams.close();
    }

    @Test
    void overTlsFromTheFirstByte() throws Exception {
        Script script = line -> {
            line.turnOnTls(LOCALHOST);
            line.say("* OK ready\r\n");
            line.hear();
            line.say(WELCOME);
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            Mailbox mailbox = upstreams.opened(server.port(), UpstreamTls.IMPLICIT);

            assertThat(mailbox.capabilities()).containsExactly("IMAP4rev1", "IDLE");
            assertThat(mailbox.channel().isActive()).isTrue();
            // Nobody joined it in the same moment, as a client would have.
            await().until(() -> !mailbox.channel().config().isAutoRead());
            assertThat(server.heard()).containsExactly(LOGIN);
            upstreams.awaitObserved("imap opened");
        }
    }

    @Test
    void overTlsOnceItIsAskedFor() throws Exception {
        Script script = line -> {
            line.say("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
            line.hear();
            line.say("* NO hurry\r\nS1 OK go\r\n");
            line.turnOnTls(LOCALHOST);
            line.hear();
            line.say("L1 OK in\r\n");
            line.hear();
            line.say("* CAPABILITY IMAP4rev1 UIDPLUS\r\nC1 OK that is all\r\n");
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            Mailbox mailbox = upstreams.opened(server.port(), UpstreamTls.STARTTLS);

            assertThat(mailbox.capabilities()).containsExactly("IMAP4rev1", "UIDPLUS");
            assertThat(server.heard()).containsExactly("S1 STARTTLS", LOGIN, "C1 CAPABILITY");
        }
    }

    @Test
    void inTheClearOnThisMachineByAnAuthorizationIdentity() throws Exception {
        Script script = line -> {
            line.say("* OK ready\r\n");
            line.hear();
            line.say("+ \r\n");
            line.hear();
            line.say(WELCOME);
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            upstreams.byAuthzid().opened(server.port(), UpstreamTls.NONE);

            assertThat(server.heard().remove()).isEqualTo("L1 AUTHENTICATE PLAIN");
            assertThat(new String(Base64.getDecoder().decode(server.heard().remove()), StandardCharsets.UTF_8))
                    .isEqualTo("ada@example.org\0postern\0" + PASSWORD);
        }
    }

    @Test
    void howeverItsPacketsComeApart() throws Exception {
        Script script = line -> {
            line.trickle("* OK ready\r\n");
            line.hear();
            line.trickle(WELCOME);
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            assertThat(upstreams.opened(server.port(), UpstreamTls.NONE).capabilities())
                    .containsExactly("IMAP4rev1", "IDLE");
        }
    }

    @Test
    void andLosesNothingOfWhatComesBehindTheWelcome() throws Exception {
        Script script = line -> {
            line.turnOnTls(LOCALHOST);
            line.say("* OK ready\r\n");
            line.hear();
            line.say(WELCOME + "* 3 EXISTS\r\n* 1 RE");
            line.fallSilent();
        };
        try (ScriptedUpstream server = new ScriptedUpstream(script)) {
            CompletableFuture<String> behind = new CompletableFuture<>();
            upstreams
                    .open(server.port(), UpstreamTls.IMPLICIT)
                    .addListener(opening -> listenIn(((Mailbox) opening.getNow()).channel(), behind));

            assertThat(behind.get(5, TimeUnit.SECONDS)).isEqualTo("* 3 EXISTS\r\n* 1 RE");
        }
    }

    /** As the relay takes over. */
    private static void listenIn(Channel mailbox, CompletableFuture<String> heard) {
        mailbox.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                heard.complete(bytes.toString(StandardCharsets.US_ASCII));
            }
        });
        mailbox.pipeline().remove(Handlers.LOGIN);
        mailbox.pipeline().remove(Handlers.FRAMES);
    }
}

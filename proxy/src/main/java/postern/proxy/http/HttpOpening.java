package postern.proxy.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TransportType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import postern.config.HttpSettings;
import postern.config.ListenerSettings;
import postern.proxy.conversation.Refusal;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.Entrance;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.Opening;
import postern.proxy.listen.SocketOpening;

/**
 * For HTTP, which Armeria speaks, on our event loops. It believes that nothing is encrypted: TLS is in front of it, with the
 * certificates, bounds and counts of all other doors.
 *
 * @param patience how long requests under way may go on when the door is shut
 */
public record HttpOpening(EventLoops loops, HttpSettings http, Duration patience, HttpService service)
        implements Opening {

    private static final int MOST_HEAD = 16 * 1024;
    private static final int MOST_LINE = 8 * 1024;
    private static final int MOST_STREAMS = 32;
    private static final Duration QUIET = Duration.ofMillis(50);

    @Override
    public Entrance open(ListenerSettings settings, Consumer<Channel> newcomers, ConnectionObserver observer)
            throws IOException {
        requireTransportOf(loops.group());
        // Armeria shuts the accepting group down when it stops, so it cannot be the shared one.
        EventLoopGroup acceptor = EventLoopGroups.newEventLoopGroup(1, settings.name() + "-accept", true);
        Server server = server(settings, newcomers, acceptor);
        try {
            server.start().join();
            return new OfArmeria(server);
        } catch (CompletionException e) {
            acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private Server server(ListenerSettings settings, Consumer<Channel> newcomers, EventLoopGroup acceptor) {
        return Server.builder()
                .http(settings.bind())
                .workerGroup(loops.group(), false)
                .bossGroupFactory(_ -> acceptor)
                .channelOption(ChannelOption.SO_BACKLOG, SocketOpening.BACKLOG)
                .childChannelOption(ChannelOption.SO_KEEPALIVE, true)
                .childChannelPipelineCustomizer(pipeline -> newcomers.accept(pipeline.channel()))
                .maxRequestLength(http.mostRequestBytes())
                .requestTimeout(http.longestAnswer())
                .idleTimeout(http.keepAlive())
                .http1MaxInitialLineLength(MOST_LINE)
                .http1MaxHeaderSize(MOST_HEAD)
                .http2MaxHeaderListSize(MOST_HEAD)
                .http2MaxStreamsPerConnection(MOST_STREAMS)
                .gracefulShutdownTimeout(QUIET, patience.plus(QUIET))
                .meterRegistry(NoopMeterRegistry.get()) // its own meters would meet in the global registry
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .disableServerHeader()
                .accessLogWriter(AccessLogWriter.disabled(), false)
                .errorHandler(errors())
                .serviceUnder("/", service)
                .build();
    }

    /** Without a word that is not ours. */
    private static ServerErrorHandler errors() {
        return (_, cause) -> answer(cause).toHttpResponse();
    }

    private static AggregatedHttpResponse answer(Throwable cause) {
        return switch (cause) {
            case HttpStatusException status -> HttpAnswers.LAST.empty(status.httpStatus());
            case RequestTimeoutException _ -> HttpAnswers.LAST.refusal(Refusal.NOT_REACHABLE);
            case IllegalArgumentException _ -> HttpAnswers.LAST.empty(HttpStatus.BAD_REQUEST);
            default -> HttpAnswers.LAST.refusal(Refusal.LATER);
        };
    }

    /** Armeria takes the channel type from its own flags; event loops of another kind would drop every connection. */
    private static void requireTransportOf(EventLoopGroup eventLoops) {
        TransportType expected = Flags.transportType();
        if (TransportType.serverChannelType(eventLoops) != expected.serverChannelType()) {
            throw new IllegalArgumentException(
                    "event loops: not of the transport that Armeria uses here (expected: " + expected + ")");
        }
    }

    private record OfArmeria(Server server) implements Entrance {

        @Override
        public InetSocketAddress address() {
            return server.activePorts().keySet().iterator().next();
        }

        @Override
        public boolean isOpen() {
            return server.activePort() != null && !server.isClosing();
        }

        @Override
        public void shut() {
            var _ = server.stop();
        }
    }
}

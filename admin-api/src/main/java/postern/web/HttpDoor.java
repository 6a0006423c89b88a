package postern.web;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.TransportType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A listening port with our bounds on it: nothing a stranger sends is kept without end. */
public final class HttpDoor implements AutoCloseable {

    static final int MAX_BODY = 256 * 1024;

    private static final int MAX_CONNECTIONS = 512;
    private static final int MAX_STREAMS = 32;
    private static final int MAX_HEADERS = 8 * 1024;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    private final Server server;
    private final EventLoopGroup acceptor;

    private HttpDoor(Server server, EventLoopGroup acceptor) {
        this.server = server;
        this.acceptor = acceptor;
    }

    /**
     * Listens from now on.
     *
     * @param name for threads and error messages
     * @param eventLoops shared, and left running when the door closes
     */
    public static HttpDoor open(
            String name,
            InetSocketAddress address,
            Optional<TlsFiles> tls,
            EventLoopGroup eventLoops,
            AccessLogWriter accessLog,
            HttpService service)
            throws IOException {
        requireTransportOf(eventLoops);
        // Armeria shuts the accepting group down when it stops, so it cannot be the shared one.
        EventLoopGroup acceptor = EventLoopGroups.newEventLoopGroup(1, name + "-accept", true);
        try {
            ServerBuilder builder = bounded(eventLoops, acceptor)
                    .accessLogWriter(accessLog, false)
                    .serviceUnder("/", service);
            if (tls.isPresent()) {
                builder.https(address).tls(tls.get().read());
            } else {
                builder.http(address);
            }
            Server server = builder.build();
            server.start().join();
            return new HttpDoor(server, acceptor);
        } catch (IOException | RuntimeException e) {
            acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            throw new IOException(name + " at " + address + ": " + cause.getMessage(), cause);
        }
    }

    private static ServerBuilder bounded(EventLoopGroup eventLoops, EventLoopGroup acceptor) {
        return Server.builder()
                .workerGroup(eventLoops, false)
                .bossGroupFactory(_ -> acceptor)
                .maxNumConnections(MAX_CONNECTIONS)
                .childChannelPipelineCustomizer(pipeline -> pipeline.addFirst(new Unread()))
                .maxRequestLength(MAX_BODY)
                .requestTimeout(REQUEST_TIMEOUT)
                .idleTimeout(IDLE_TIMEOUT)
                .http1MaxInitialLineLength(MAX_HEADERS)
                .http1MaxHeaderSize(MAX_HEADERS)
                .http2MaxHeaderListSize(MAX_HEADERS)
                .http2MaxStreamsPerConnection(MAX_STREAMS)
                .gracefulShutdownTimeout(QUIET, AT_MOST)
                .meterRegistry(NoopMeterRegistry.get()) // its own meters would meet in the global registry
                .unloggedExceptionsReportInterval(Duration.ZERO)
                .disableServerHeader()
                .errorHandler(new ErrorReplies());
    }

    /** Armeria takes the channel type from its own flags; event loops of another kind would drop every connection. */
    private static void requireTransportOf(EventLoopGroup eventLoops) {
        TransportType expected = Flags.transportType();
        if (TransportType.serverChannelType(eventLoops) != expected.serverChannelType()) {
            throw new IllegalArgumentException(
                    "event loops: not of the transport that Armeria uses here (expected: " + expected + ")");
        }
    }

    public int port() {
        return server.activeLocalPort();
    }

    /**
     * Lets requests under way end for two seconds, and cuts what is left off within a third. Does not
     * wait for the accepting thread: with nothing left to accept, it lingers for two seconds and ends.
     */
    @Override
    public void close() {
        CompletableFuture<Void> stopped = server.stop();
        while (!acceptor.isShuttingDown() && !stopped.isDone()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

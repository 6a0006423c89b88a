package postern.proxy.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.DoorRules;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.Place;
import postern.proxy.listen.Rejection;
import postern.proxy.session.Allowance;
import postern.proxy.session.Handlers;
import postern.proxy.session.SessionEnd;
import postern.proxy.session.Traffic;

/**
 * What we know of one client's connection, which may carry requests of several people, one after the other or at once. Lives
 * on its event loop.
 */
final class HttpConnection extends ChannelDuplexHandler {

    /** Of answers that a client does not read: it may ask on and on, and all of them would be kept for it. */
    private static final long MOST_UNREAD = 1024 * 1024;

    /** Of one connection: somebody's proxy may be shared, and not by a crowd. */
    private static final int MOST_DEVICES = 16;

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final DoorTls tls;
    private final DoorRules rules;
    private final ConnectionObserver observer;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final Map<DeviceSessions.Key, DeviceLine> devices = new HashMap<>();
    private final Set<Exchange> exchanges = new HashSet<>();
    private final Deque<UpstreamConnection> free = new ArrayDeque<>();
    private @Nullable Traffic traffic;
    private boolean rejected;
    private int failures;

    HttpConnection(DoorTls tls, DoorRules rules, ConnectionObserver observer) {
        this.tls = tls;
        this.rules = rules;
        this.observer = observer;
    }

    static Optional<HttpConnection> of(Channel client) {
        return Optional.ofNullable(client.pipeline().get(HttpConnection.class));
    }

    DoorRules rules() {
        return rules;
    }

    /** Completes when nobody waits for answers any more. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone.complete(null);
        free.forEach(UpstreamConnection::close);
        free.clear();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean encrypting = tls.isUnderWay(ctx.pipeline());
        switch (cause) {
            case ReadTimeoutException _ -> reject(encrypting ? Rejection.TLS_TOO_SLOW : Rejection.TOO_SLOW);
            case TooLongFrameException _ when encrypting -> reject(Rejection.TLS_HELLO);
            case DecoderException _, IOException _ -> {} // a connection that breaks is no news
            default -> LOG.atError().setCause(cause).log("a connection failed on a bug");
        }
        ctx.close();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object bytes, ChannelPromise written) {
        ctx.write(bytes, written);
        ChannelOutboundBuffer unread = ctx.channel().unsafe().outboundBuffer();
        if (unread != null && unread.totalPendingWriteBytes() > MOST_UNREAD) {
            ctx.close();
        }
    }

    /** It has said what could be read in two ways. */
    void misread() {
        reject(Rejection.MISTAKES);
    }

    private void reject(Rejection why) {
        if (!rejected) {
            rejected = true;
            observer.rejected(Protocol.ACTIVESYNC, why);
        }
    }

    /** One more login that was refused; whether it was the last that is listened to. */
    boolean failed() {
        boolean last = ++failures >= rules.beforeLogin().failures();
        if (last) {
            reject(Rejection.FAILURES);
        }
        return last;
    }

    /** The session that this request belongs to; empty when there is no room for another. */
    Optional<DeviceLine> enter(DeviceSessions.Key key, DeviceSessions sessions, Accepted login, Channel client) {
        DeviceLine known = devices.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        if (devices.size() == MOST_DEVICES) {
            return Optional.empty();
        }
        loggedIn(client);
        Optional<DeviceLine> line = sessions.enter(key, login, client, traffic(client), tls);
        line.ifPresent(entered -> devices.put(key, entered));
        return line;
    }

    private void loggedIn(Channel client) {
        if (client.pipeline().get(Handlers.DEADLINE) != null) {
            client.pipeline().remove(Handlers.DEADLINE);
            Place.keep(client);
            Allowance.ofSession(client);
        }
    }

    private Traffic traffic(Channel client) {
        Traffic counted = traffic == null ? Traffic.of(client) : traffic;
        traffic = counted;
        return counted;
    }

    void begun(Exchange exchange) {
        exchanges.add(exchange);
    }

    void over(Exchange exchange) {
        exchanges.remove(exchange);
    }

    /** A connection to that upstream which nobody uses now. */
    Optional<UpstreamConnection> takeFree(String upstream) {
        Optional<UpstreamConnection> found =
                free.stream().filter(one -> one.isTo(upstream) && one.isOpen()).findFirst();
        found.ifPresent(free::remove);
        return found;
    }

    void putFree(UpstreamConnection connection) {
        if (gone.isDone()) {
            connection.close();
        } else {
            free.add(connection);
        }
    }

    void lost(UpstreamConnection connection) {
        free.remove(connection);
    }

    /** Ends what belongs to this device; the connection with it, unless others use it, too. */
    void end(DeviceLine line, SessionEnd why) {
        devices.values().removeIf(one -> one == line);
        List<Exchange> its =
                exchanges.stream().filter(one -> one.belongsTo(line)).toList();
        its.forEach(one -> one.end(why));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof SessionEnd why)) {
            ctx.fireUserEventTriggered(event);
            return;
        }
        List<Exchange> all = List.copyOf(exchanges);
        all.forEach(one -> one.end(why));
        if (all.isEmpty()) {
            ctx.close();
        }
    }
}

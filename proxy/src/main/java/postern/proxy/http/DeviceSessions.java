package postern.proxy.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.proxy.listen.DoorTls;
import postern.proxy.session.LiveSession;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.TlsTerms;
import postern.proxy.session.Traffic;

/** One session for each device, whatever it opens connections for. */
public final class DeviceSessions {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceSessions.class);

    /** Who is the same: by what it has proved, and from where. */
    record Key(Protocol protocol, AppPasswordId appPassword, InetAddress client, Optional<String> device) {}

    private record Entered(LiveSession session, DeviceLine line) {}

    private final LiveSessions sessions;
    private final InstantSource clock;
    private final ConcurrentMap<Key, Entered> devices = new ConcurrentHashMap<>();

    public DeviceSessions(LiveSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The one of this device, in which this connection is from now on; empty when there is no room for it. */
    Optional<DeviceLine> enter(Key key, Accepted login, Channel connection, Traffic traffic, DoorTls tls) {
        Entered known = devices.get(key);
        if (known != null && known.line().join(connection)) {
            return Optional.of(known.line());
        }
        DeviceLine line = new DeviceLine();
        boolean _ = line.join(connection);
        LiveSession session = new LiveSession(
                sessions.newId(),
                key.protocol(),
                login.name(),
                key.appPassword(),
                key.client(),
                key.device(),
                TlsTerms.of(connection),
                clock.instant(),
                traffic,
                line);
        Entered fresh = new Entered(session, line);
        devices.put(key, fresh);
        line.whenGone(() -> devices.remove(key, fresh));
        if (!sessions.enter(session)) {
            devices.remove(key, fresh);
            return Optional.empty();
        }
        tls.loggedIn(session, connection.pipeline());
        LOG.atInfo()
                .addKeyValue("protocol", key.protocol())
                .addKeyValue("login_name", login.name())
                .addKeyValue("client", key.client().getHostAddress())
                .addKeyValue("device", key.device().orElse("-"))
                .addKeyValue("app_password", key.appPassword())
                .log("session began");
        return Optional.of(line);
    }
}

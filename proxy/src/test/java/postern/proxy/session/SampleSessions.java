package postern.proxy.session;

import static postern.credentials.SampleLogins.MONDAY;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Random;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.Standing;

/** Sessions that nothing but a revocation ends. */
public final class SampleSessions {

    private static final int MANY = 1_000;

    private static final SessionObserver NOBODY = new SessionObserver() {

        @Override
        public void refused(Refusal why) {}

        @Override
        public void entered(LiveSession session) {}

        @Override
        public void left(LiveSession session) {}

        @Override
        public void ended(LiveSession session, SessionEnd why, Optional<Reason> objection) {}
    };

    private SampleSessions() {}

    public static LiveSessions sessions() {
        return sessions((_, _, _, _) -> Optional.empty());
    }

    public static LiveSessions sessions(Standing standing) {
        return sessions(standing, new SessionLimits(MANY, MANY), NOBODY);
    }

    /** Where there is no room for anybody. */
    public static LiveSessions full() {
        return sessions((_, _, _, _) -> Optional.empty(), new SessionLimits(0, 0), NOBODY);
    }

    static LiveSessions sessions(Standing standing, SessionLimits limits, SessionObserver observer) {
        return new LiveSessions(standing, limits, observer, new Random(2026), Runnable::run);
    }

    /** By IMAP, from this machine, of a client that says nothing of itself. */
    public static LiveSession session(LiveSessions among, LoginName name, AppPasswordId used, Channel client) {
        return new LiveSession(
                among.newId(),
                Protocol.IMAP,
                name,
                used,
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                TlsTerms.of(client),
                MONDAY,
                Traffic.of(client),
                new ChannelLine(client));
    }
}

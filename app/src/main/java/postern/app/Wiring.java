package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.admin.ManagementServer;
import postern.admin.Readiness;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.config.Settings;
import postern.config.UpstreamSettings;
import postern.credentials.Authenticator;
import postern.credentials.FamiliarSources;
import postern.credentials.KeyMarks;
import postern.credentials.LoginObserver;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokens;
import postern.credentials.audit.AuditEvent;
import postern.credentials.audit.AuditWriter;
import postern.credentials.audit.AuditedLogins;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.login.LegacyTlsUses;
import postern.credentials.sending.SendingRules;
import postern.credentials.sending.Verdict;
import postern.credentials.throttle.AuditedHolds;
import postern.credentials.throttle.HoldWriter;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy;
import postern.credentials.throttle.SharedHolds;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.MailboxDoor;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.http.DeviceSessions;
import postern.proxy.http.HttpFrontEnd;
import postern.proxy.http.HttpOpening;
import postern.proxy.http.HttpUpstreams;
import postern.proxy.http.PassingOn;
import postern.proxy.http.RequestGate;
import postern.proxy.imap.ImapFrontEnd;
import postern.proxy.imap.ImapUpstreamLanguage;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.DoorKeys;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.Listener;
import postern.proxy.listen.Opening;
import postern.proxy.listen.Room;
import postern.proxy.listen.SocketOpening;
import postern.proxy.listen.TlsContexts;
import postern.proxy.observe.AuditedStrangers;
import postern.proxy.observe.FailureRatio;
import postern.proxy.observe.LockoutLog;
import postern.proxy.observe.LoginLog;
import postern.proxy.observe.Metrics;
import postern.proxy.pop3.Pop3FrontEnd;
import postern.proxy.pop3.Pop3UpstreamLanguage;
import postern.proxy.session.LiveSessions;
import postern.proxy.session.OwnConnections;
import postern.proxy.setup.ClientSetup;
import postern.proxy.smtp.AppPasswordRules;
import postern.proxy.smtp.SmtpFrontEnd;
import postern.proxy.smtp.SmtpOffer;
import postern.proxy.smtp.SmtpUpstreamLanguage;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamObserver;

/**
 * The one place where parts meet: from settings to a running server, read from top to bottom. What
 * opens something puts it in charge of the {@link Shutdown} in the same line.
 */
final class Wiring {

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    /** So old the numbers of grants are at most. */
    private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(1);

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Ticker TICKER = Ticker.systemTicker();

    private final Settings settings;
    private final Shutdown shutdown = new Shutdown();
    private final SecureRandom random = new SecureRandom();
    private final Metrics metrics = new Metrics();
    private final LoginLog loginLog = new LoginLog(TICKER);
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    private Wiring(Settings settings) {
        this.settings = settings;
    }

    /** Returns when every door is open, or leaves nothing open behind. */
    static Postern start(Settings settings) throws StartException {
        Wiring wiring = new Wiring(settings);
        try {
            return wiring.open();
        } catch (IOException | StoreUnavailableException e) {
            wiring.shutdown.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (StartException | RuntimeException e) {
            wiring.shutdown.close();
            throw e;
        }
    }

    /** What the settings point at, as far as nothing needs to be started to know. */
    static void checkFiles(Settings settings) throws IOException {
        DoorKeys keys = DoorKeys.read(settings.tls(), new Metrics().tls(List.of(), (_, _) -> {}), CLOCK);
        for (ListenerSettings listener : settings.listeners()) {
            keys.door(listener);
        }
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            TlsContexts.forUpstream(upstream.trust());
            TokenWiring.checkFiles(upstream);
        }
    }

    private Postern open() throws IOException, StoreUnavailableException, StartException {
        DataDirectory data = DataDirectory.open(settings);
        checkFiles(settings);
        settings.warnings()
                .forEach(warning -> LOG.atWarn().addKeyValue("cause", warning).log("a setting is unsafe"));
        Stores stores = Stores.open(data, settings, CLOCK, random, shutdown);
        DoorKeys keys = keys(stores);
        AuditWriter events =
                shutdown.of("audit writer", AuditWriter.start(stores.trail(), AuditWriter.Pace.USUAL, CLOCK, random));
        metrics.changeFeed(stores.feed()::lag);
        JobWiring.start(stores, shutdown);
        LoginWiring logins = new LoginWiring(settings, stores, events, metrics, shutdown, random);
        TokenWiring tokens = new TokenWiring(settings, stores, metrics, shutdown, random);
        EventLoops loops = shutdown.of("event loops", EventLoops.open());
        LiveSessions sessions = new SessionWiring(settings, stores, events, shutdown, random)
                .open(logins.admission(), metrics.sessions(), loops);
        var _ = loops.group()
                .scheduleWithFixedDelay(
                        () -> Thread.startVirtualThread(tokens::count),
                        0,
                        BETWEEN_COUNTS.toSeconds(),
                        TimeUnit.SECONDS);
        Lockout lockout = lockout(stores, logins.familiarSources(), events);
        Authenticator authenticator = logins.authenticator(lockout, observers(events), loops);
        AppPasswordIssuer issuer = logins.issuer();

        ManagementServer management = shutdown.of("management", management(stores, loops));
        ApiTokens apiTokens = ApiTokenWiring.following(settings, stores, shutdown, random);
        int adminPort = settings.admin().enabled()
                ? new AdminWiring(settings, stores, shutdown, random)
                        .open(apiTokens, issuer, tokens, loops)
                        .port()
                : 0;
        Map<String, InetSocketAddress> doors =
                doors(stores, authenticator, logins.sending(), tokens, sessions, keys, events, loops);
        return new Postern(
                stores.accounts(),
                stores.credentials(),
                issuer,
                apiTokens,
                doors,
                adminPort,
                management.port(),
                new Reload(keys, events, CLOCK, random),
                shutdown,
                new CountDownLatch(1));
    }

    private Lockout lockout(Stores stores, FamiliarSources familiarSources, Consumer<AuditEvent> events)
            throws StartException, StoreUnavailableException {
        LockoutPolicy policy = LockoutWiring.policy(settings.lockout());
        LockoutLog log = new LockoutLog(policy.mode(), TICKER);
        AuditedHolds audited = new AuditedHolds(policy.mode(), events, CLOCK, random);
        HoldWriter writer = shutdown.of("holds", HoldWriter.open(stores.holds(), policy.mode(), CLOCK, TICKER));
        Lockout lockout = new Lockout(
                policy,
                LockoutWiring.lists(settings.lockout(), CLOCK),
                familiarSources,
                FingerprintKey.draw(random),
                (hold, last) -> {
                    log.holdBegan(hold, last);
                    audited.holdBegan(hold, last);
                    writer.holdBegan(hold, last);
                },
                TICKER,
                random);
        metrics.lockout(lockout, loginLog, log, writer::notShared);
        SharedHolds shared = new SharedHolds(
                lockout.holds(), writer, stores.holds(), policy.mode(), CLOCK, Thread::startVirtualThread);
        stores.feed().listen(shared::heard);
        shared.readAll();
        return lockout;
    }

    private LoginObserver observers(AuditWriter events) {
        AuditedLogins audited = shutdown.of("audited logins", new AuditedLogins(events, CLOCK, TICKER, random));
        LoginObserver counted = metrics.logins();
        FailureRatio ratio = new FailureRatio(TICKER);
        metrics.failureRatio(ratio);
        return (attempt, outcome, took) -> {
            counted.observed(attempt, outcome, took);
            ratio.observed(attempt, outcome, took);
            loginLog.observed(attempt, outcome, took);
            audited.observed(attempt, outcome, took);
        };
    }

    private ManagementServer management(Stores stores, EventLoops loops) throws IOException {
        Map<String, Readiness.Check> checks = new LinkedHashMap<>();
        checks.put("store", () -> stores.keyMarks().keys(KeyMarks.Ring.LOOKUP));
        checks.put("listeners", this::checkListeners);
        return ManagementServer.open(
                new InetSocketAddress(
                        settings.management().address(), settings.management().port()),
                loops.group(),
                new Readiness(checks),
                metrics::scrape);
    }

    /** Not before all are open, nor after the first was shut: a load balancer sends nobody to a closed door. */
    private void checkListeners() throws IOException {
        if (listeners.size() < settings.listeners().size()
                || !listeners.stream().allMatch(Listener::isOpen)) {
            throw new IOException("not all listeners are open");
        }
    }

    private RequestGate.Pages setup(Stores stores, TokenWiring tokens, Authenticator authenticator) {
        ClientSetup setup = SetupWiring.clientSetup(settings, stores, tokens.envelope(), authenticator, random);
        return new RequestGate.Pages(setup::serves, setup);
    }

    private Map<String, InetSocketAddress> doors(
            Stores stores,
            Authenticator authenticator,
            SendingRules sending,
            TokenWiring tokens,
            LiveSessions sessions,
            DoorKeys keys,
            AuditWriter events,
            EventLoops loops)
            throws IOException, StartException {
        Routes routes = routes(tokens);
        OwnConnections own = new OwnConnections();
        Dialer dialer = shutdown.of("dialer", new Dialer(loops.socket(), loops.datagram(), own));
        UpstreamObserver upstreams = metrics.upstreams();
        Authenticator reading = sending.readingFirst(authenticator);
        ConnectionObserver observer = metrics.connections(sessions);
        Function<UpstreamLanguage<?>, Doorkeeper> doorkeeper = language -> new Doorkeeper(
                reading, new MailboxDoor(language, routes, dialer, upstreams, TICKER), sessions, observer, CLOCK);
        FrontEnd imap = new ImapFrontEnd(doorkeeper.apply(new ImapUpstreamLanguage()));
        FrontEnd pop3 = new Pop3FrontEnd(doorkeeper.apply(new Pop3UpstreamLanguage()));
        SmtpOffer offer = offer();
        Consumer<Verdict> envelopes = metrics.sending();
        FrontEnd smtp = new SmtpFrontEnd(
                doorkeeper.apply(new SmtpUpstreamLanguage(offer.serverName())),
                offer,
                (owner, used) -> new AppPasswordRules(sending, owner, used, envelopes));
        Room everybody = Room.forEverybody(settings.connections());
        shutdown.of(
                "listeners", () -> Shutdown.drain(listeners, settings.shutdown().grace()));
        Opening sockets = new SocketOpening(loops);
        Opening armeria = new HttpOpening(
                loops,
                settings.http(),
                settings.shutdown().grace(),
                new RequestGate(
                        settings.http(),
                        new PassingOn(
                                authenticator,
                                new DeviceSessions(sessions, CLOCK),
                                new HttpUpstreams(routes, dialer, upstreams, TICKER),
                                new AuditedStrangers(events, CLOCK, random)),
                        setup(stores, tokens, authenticator)));
        FrontEnd http = new HttpFrontEnd(observer);
        for (ListenerSettings listener : settings.listeners()) {
            FrontEnd frontEnd = switch (listener.protocol()) {
                case IMAP -> imap;
                case POP3 -> pop3;
                case SMTP -> smtp;
                case HTTP -> http;
            };
            listeners.add(Listener.open(
                    listener,
                    keys.door(listener),
                    frontEnd,
                    listener.protocol() == DoorProtocol.HTTP ? armeria : sockets,
                    everybody,
                    own,
                    observer));
        }
        return listeners.stream().collect(Collectors.toMap(Listener::name, Listener::address));
    }

    private DoorKeys keys(Stores stores) throws IOException {
        List<String> names =
                settings.listeners().stream().map(ListenerSettings::name).toList();
        LegacyTlsUses legacy = shutdown.of("legacy TLS uses", LegacyTlsUses.open(stores.legacyTls()::used, TICKER));
        DoorKeys keys = DoorKeys.read(settings.tls(), metrics.tls(names, legacy::note), CLOCK);
        metrics.certificates(keys::expiries, CLOCK);
        return keys;
    }

    /** What all upstreams promise, since a door does not know yet to which of them a client will go. */
    private SmtpOffer offer() {
        List<String> promised = settings.upstreams().values().stream()
                .map(upstream -> upstream.smtp().extensions())
                .reduce((some, others) -> some.stream().filter(others::contains).toList())
                .orElse(List.of());
        return new SmtpOffer(serverName(settings), promised);
    }

    static String serverName(Settings settings) {
        return settings.serverName().orElseGet(Wiring::nameOfThisMachine);
    }

    private static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private Routes routes(TokenWiring tokens) throws IOException, StartException {
        Map<String, Upstream> upstreams = new HashMap<>();
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            upstreams.put(
                    upstream.name(),
                    new Upstream(upstream, TlsContexts.forUpstream(upstream.trust()), tokens.proofs(upstream)));
        }
        return new Routes(upstreams, settings.routes());
    }
}

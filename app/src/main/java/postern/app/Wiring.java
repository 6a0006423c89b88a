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
import java.util.function.Function;
import java.util.stream.Collectors;
import postern.admin.AdminServer;
import postern.admin.AppPasswordDesk;
import postern.admin.ManagementServer;
import postern.admin.PersonDesk;
import postern.admin.Readiness;
import postern.admin.TlsFiles;
import postern.config.ListenerSettings;
import postern.config.RecentMatchSettings;
import postern.config.Settings;
import postern.config.UpstreamSettings;
import postern.credentials.Authenticator;
import postern.credentials.CredentialStore;
import postern.credentials.LoginObserver;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.Argon2Hasher;
import postern.credentials.hash.FingerprintKey;
import postern.credentials.hash.HashingCost;
import postern.credentials.hash.HashingPool;
import postern.credentials.hash.PasswordVerifier;
import postern.credentials.hash.RecentMatches;
import postern.credentials.hash.WarmStart;
import postern.credentials.issue.AppPasswordIssuer;
import postern.credentials.login.AnswerGrid;
import postern.credentials.login.PasswordAuthenticator;
import postern.credentials.store.ChangeFeed;
import postern.credentials.store.Database;
import postern.credentials.store.SqlCredentialStore;
import postern.credentials.throttle.Lockout;
import postern.credentials.throttle.LockoutPolicy;
import postern.proxy.conversation.Doorkeeper;
import postern.proxy.conversation.MailboxDoor;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.imap.ImapFrontEnd;
import postern.proxy.imap.ImapUpstreamLanguage;
import postern.proxy.listen.ConnectionObserver;
import postern.proxy.listen.DoorTls;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.FrontEnd;
import postern.proxy.listen.Listener;
import postern.proxy.listen.TlsContexts;
import postern.proxy.observe.LockoutLog;
import postern.proxy.observe.LoginLog;
import postern.proxy.observe.Metrics;
import postern.proxy.pop3.Pop3FrontEnd;
import postern.proxy.pop3.Pop3UpstreamLanguage;
import postern.proxy.session.LiveSessions;
import postern.proxy.smtp.EnvelopeRules;
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

    private static final String LOOKUP_KEY = "lookup";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Ticker TICKER = Ticker.systemTicker();

    private final Settings settings;
    private final Shutdown shutdown = new Shutdown();
    private final SecureRandom random = new SecureRandom();
    private final Metrics metrics = new Metrics();
    private final LoginLog loginLog = new LoginLog(TICKER);
    private final LiveSessions sessions = new LiveSessions();
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
        TlsContexts.forClients(settings.tls());
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            TlsContexts.forUpstream(upstream.caFile());
        }
    }

    private Postern open() throws IOException, StoreUnavailableException, StartException {
        DataDirectory data = DataDirectory.open(settings, random);
        checkFiles(settings);
        Database database = shutdown.of("store", data.database());
        ChangeFeed feed = shutdown.of(
                "change feed", ChangeFeed.open(database, settings.store().pollInterval(), CLOCK, TICKER));
        feed.listen(sessions::heard);
        metrics.changeFeed(feed::lag);
        CredentialStore store = new SqlCredentialStore(database, feed);
        FingerprintKey lookupKey =
                new FingerprintKey(data.key(LOOKUP_KEY, settings.keys().lookupFile(), store));
        byte[] pepper = data.key("pepper", settings.keys().pepperFile(), store);
        EventLoops loops = shutdown.of("event loops", EventLoops.open());
        HashingPool hashing = shutdown.of(
                "hashing pool",
                new HashingPool(
                        settings.hashing().threads(),
                        settings.hashing().queue(),
                        settings.hashing().patience(),
                        TICKER));
        Argon2Hasher hasher = new Argon2Hasher(
                pepper,
                new HashingCost(
                        settings.hashing().memoryKib(), settings.hashing().passes()),
                random);
        AppPasswordIssuer issuer = new AppPasswordIssuer(
                store,
                lookupKey,
                hasher,
                hashing,
                random,
                CLOCK,
                settings.policy().appPasswordsPerPerson());
        Authenticator authenticator = authenticator(store, lookupKey, verifier(pepper, hasher, hashing), loops);

        ManagementServer management = shutdown.of("management", management(store, loops));
        int adminPort = settings.admin().enabled()
                ? shutdown.of("admin API", admin(data, store, issuer, loops)).port()
                : 0;
        Map<String, InetSocketAddress> doors = doors(authenticator, loops);
        return new Postern(store, issuer, doors, adminPort, management.port(), shutdown, new CountDownLatch(1));
    }

    /** Takes up what the last graceful stop left, and leaves the same for the next start. */
    private PasswordVerifier verifier(byte[] pepper, Argon2Hasher hasher, HashingPool hashing) {
        RecentMatchSettings keeping = settings.recentMatches();
        RecentMatches matches = new RecentMatches(keeping.keep(), keeping.most(), CLOCK, TICKER);
        metrics.recentMatches(matches);
        WarmStart warmStart = new WarmStart(keeping.warmStartFile(), pepper, keeping.warmStartAge(), CLOCK, random);
        FingerprintKey processKey = warmStart.open(matches).orElseGet(() -> FingerprintKey.draw(random));
        shutdown.of("warm start", () -> warmStart.seal(processKey, matches));
        return new PasswordVerifier(hasher, hashing, processKey, matches);
    }

    private Authenticator authenticator(
            CredentialStore store, FingerprintKey lookupKey, PasswordVerifier verifier, EventLoops loops)
            throws StartException {
        AnswerGrid grid = new AnswerGrid(
                settings.answers().step(),
                TICKER,
                (Duration delay, Runnable task) -> loops.group().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
        return new PasswordAuthenticator(
                store, lookupKey, verifier, lockout(), grid, observers(), CLOCK, Thread::startVirtualThread);
    }

    private Lockout lockout() throws StartException {
        LockoutPolicy policy = LockoutWiring.policy(settings.lockout());
        LockoutLog log = new LockoutLog(policy.mode(), TICKER);
        Lockout lockout = new Lockout(
                policy,
                LockoutWiring.lists(settings.lockout(), CLOCK),
                LockoutWiring.familiarSources(settings.lockout().familiar(), TICKER),
                FingerprintKey.draw(random),
                log,
                TICKER,
                random);
        metrics.lockout(lockout, loginLog, log);
        return lockout;
    }

    private LoginObserver observers() {
        LoginObserver counted = metrics.logins();
        return (attempt, outcome, took) -> {
            counted.observed(attempt, outcome, took);
            loginLog.observed(attempt, outcome, took);
        };
    }

    private ManagementServer management(CredentialStore store, EventLoops loops) throws IOException {
        Map<String, Readiness.Check> checks = new LinkedHashMap<>();
        checks.put("store", () -> store.keyMark(LOOKUP_KEY));
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

    private AdminServer admin(DataDirectory data, CredentialStore store, AppPasswordIssuer issuer, EventLoops loops)
            throws IOException, StartException {
        return AdminServer.open(
                new InetSocketAddress(
                        settings.admin().address(), settings.admin().port()),
                new TlsFiles(settings.tls().certificateFile(), settings.tls().keyFile()),
                loops.group(),
                data.adminToken(),
                new PersonDesk(store, CLOCK),
                new AppPasswordDesk(store, issuer, CLOCK));
    }

    private Map<String, InetSocketAddress> doors(Authenticator authenticator, EventLoops loops) throws IOException {
        var tls = TlsContexts.forClients(settings.tls());
        Routes routes = routes();
        Dialer dialer = shutdown.of("dialer", new Dialer(loops.socket(), loops.datagram()));
        UpstreamObserver upstreams = metrics.upstreams();
        Function<UpstreamLanguage<?>, Doorkeeper> doorkeeper = language -> new Doorkeeper(
                authenticator, new MailboxDoor(language, routes, dialer, upstreams, TICKER), sessions, CLOCK);
        FrontEnd imap = new ImapFrontEnd(doorkeeper.apply(new ImapUpstreamLanguage()));
        FrontEnd pop3 = new Pop3FrontEnd(doorkeeper.apply(new Pop3UpstreamLanguage()));
        SmtpOffer offer = offer();
        FrontEnd smtp = new SmtpFrontEnd(
                doorkeeper.apply(new SmtpUpstreamLanguage(offer.serverName())), offer, (_, _) -> EnvelopeRules.NONE);
        ConnectionObserver observer = metrics.connections(sessions);
        shutdown.of(
                "listeners", () -> Shutdown.drain(listeners, settings.shutdown().grace()));
        for (ListenerSettings listener : settings.listeners()) {
            FrontEnd frontEnd = switch (listener.protocol()) {
                case IMAP -> imap;
                case POP3 -> pop3;
                case SMTP -> smtp;
            };
            listeners.add(Listener.open(listener, new DoorTls(listener.tls(), tls), frontEnd, loops, observer));
        }
        return listeners.stream().collect(Collectors.toMap(Listener::name, Listener::address));
    }

    /** What all upstreams promise, since a door does not know yet to which of them a client will go. */
    private SmtpOffer offer() {
        List<String> promised = settings.upstreams().values().stream()
                .map(upstream -> upstream.smtp().extensions())
                .reduce((some, others) -> some.stream().filter(others::contains).toList())
                .orElse(List.of());
        return new SmtpOffer(settings.serverName().orElseGet(Wiring::nameOfThisMachine), promised);
    }

    private static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private Routes routes() throws IOException {
        Map<String, Upstream> upstreams = new HashMap<>();
        for (UpstreamSettings upstream : settings.upstreams().values()) {
            upstreams.put(upstream.name(), new Upstream(upstream, TlsContexts.forUpstream(upstream.caFile())));
        }
        return new Routes(upstreams, settings.routes());
    }
}

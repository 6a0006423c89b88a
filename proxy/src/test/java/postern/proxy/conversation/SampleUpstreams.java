package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.ADA;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import postern.config.RouteSettings;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.TlsContexts;
import postern.proxy.session.OwnConnections;
import postern.proxy.upstream.ConfiguredProofs;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Hosts;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.SampleUpstreamSettings;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;

/** The way to Ada's mailbox at a mail server on this machine, and what is told of it. */
public final class SampleUpstreams implements UpstreamObserver, AutoCloseable {

    public static final String PASSWORD = "s3\"cret\\of-ours";

    private static final Optional<String> RULE = Optional.of("home");
    private static final Errand ERRAND = new Errand(ADA, ADA, Optional.empty(), InetAddress.getLoopbackAddress());

    private final UpstreamLanguage<?> language;
    private final EventLoops loops = EventLoops.open();
    private final OwnConnections own = new OwnConnections();
    private final AtomicInteger retries = new AtomicInteger();
    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final List<String> more = new ArrayList<>();

    public SampleUpstreams(UpstreamLanguage<?> language) throws Exception {
        this.language = language;
        Path authority = SampleTls.AUTHORITY.toTempRootCertPem().toPath();
        with("ca-file = \"" + authority + "\", connect-timeout = 2s, login-timeout = 8s, retries.pause = 100ms");
    }

    public SampleUpstreams byAuthzid() {
        return with("login.strategy = authzid");
    }

    public SampleUpstreams within(Duration timeout) {
        return with("retries.within = " + timeout.toMillis() + "ms");
    }

    /** What an operator would write in the section of the upstream; of what is said twice, the last holds. */
    public SampleUpstreams with(String settings) {
        more.add(settings);
        return this;
    }

    public Future<Mailbox> open(int port, UpstreamTls tls) throws IOException {
        return open(door(RULE, port, tls));
    }

    public Future<Mailbox> open(MailboxDoor door) {
        return door.open(ERRAND, loops.group().next(), () -> true);
    }

    /** The mailbox, once it is open. */
    public Mailbox opened(int port, UpstreamTls tls) throws IOException {
        Future<Mailbox> opening = open(port, tls);
        assertThat(opening.awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
        assertThat(opening.cause()).isNull();
        return opening.getNow();
    }

    public UpstreamException failure(int port, UpstreamTls tls) throws IOException {
        return failure(open(port, tls));
    }

    public UpstreamException failureWithoutARoute() throws IOException {
        return failure(open(door(Optional.empty(), 1, UpstreamTls.IMPLICIT)));
    }

    /** Every failure tells who it was for and where to look, and no password. */
    public UpstreamException failure(Future<Mailbox> opening) {
        assertThat(opening.awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
        UpstreamException failure = (UpstreamException) opening.cause();
        assertThat(failure)
                .hasMessageContaining("ada@example.org")
                .hasMessageContaining("(look at: ")
                .hasMessageNotContainingAny(PASSWORD, "s3\\\"cret", "czMi", "cret");
        awaitObserved(language.protocol() + " " + failure.failure());
        return failure;
    }

    /** One that remembers from one login to the next how its hosts are. */
    public MailboxDoor door(int port, UpstreamTls tls) throws IOException {
        return door(RULE, port, tls);
    }

    private MailboxDoor door(Optional<String> route, int port, UpstreamTls tls) throws IOException {
        String written = String.join(", ", more) + ", "
                + SampleUpstreamSettings.doors(port, tls.name().toLowerCase(Locale.ROOT));
        UpstreamSettings settings = SampleUpstreamSettings.home(written, PASSWORD);
        Upstream home =
                new Upstream(settings, TlsContexts.forUpstream(settings.trust()), new ConfiguredProofs((Configured)
                        settings.login()));
        return new MailboxDoor(
                language,
                new Routes(Map.of("home", home), new RouteSettings(Map.of(), Map.of(), Map.of(), route)),
                new Dialer(loops.socket(), loops.datagram(), own),
                this,
                Ticker.systemTicker());
    }

    /** The observer was told this once, and nothing else. */
    public void awaitObserved(String what) {
        await().untilAsserted(() -> assertThat(observed).containsExactly(what));
        observed.clear();
    }

    @Override
    public void opened(Protocol protocol, Duration took) {
        observed.add(protocol + " opened");
    }

    @Override
    public void failed(Protocol protocol, UpstreamFailure failure, Duration took) {
        observed.add(protocol + " " + failure);
    }

    @Override
    public void known(Protocol protocol, String upstream, Hosts hosts) {}

    @Override
    public void retried(Protocol protocol, String upstream) {
        retries.incrementAndGet();
    }

    public int retries() {
        return retries.get();
    }

    public EventLoops loops() {
        return loops;
    }

    /** What a door of ours has to know to recognise us. */
    public OwnConnections own() {
        return own;
    }

    @Override
    public void close() {
        loops.close();
    }
}

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import postern.config.ClientAddress;
import postern.config.MailboxLimits;
import postern.config.RouteSettings;
import postern.config.Secret;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamImapSettings;
import postern.config.UpstreamLoginSettings.Authzid;
import postern.config.UpstreamLoginSettings.Configured;
import postern.config.UpstreamLoginSettings.MasterUser;
import postern.config.UpstreamSettings;
import postern.config.UpstreamSmtpSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.SampleTls;
import postern.proxy.listen.TlsContexts;
import postern.proxy.upstream.ConfiguredProofs;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Routes;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamDoor.Mailbox;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;

/** The way to Ada's mailbox at a mail server on this machine, and what is told of it. */
public final class SampleUpstreams implements UpstreamObserver, AutoCloseable {

    public static final String PASSWORD = "s3\"cret\\of-ours";

    private static final Errand ERRAND = new Errand(ADA, ADA, InetAddress.getLoopbackAddress());

    private final UpstreamLanguage<?> language;
    private final EventLoops loops = EventLoops.open();
    private final Path authority;
    private final List<String> observed = new CopyOnWriteArrayList<>();
    private Configured login = new MasterUser("postern", new Secret(PASSWORD), "*");
    private boolean probes;
    private ClientAddress clientAddress = ClientAddress.OFF;
    private MailboxLimits limits = new MailboxLimits(0, 0, Duration.ZERO, 0);
    private Duration loginTimeout = Duration.ofSeconds(8);

    public SampleUpstreams(UpstreamLanguage<?> language) throws Exception {
        this.language = language;
        authority = SampleTls.AUTHORITY.toTempRootCertPem().toPath();
    }

    public SampleUpstreams byAuthzid() {
        login = new Authzid("postern", new Secret(PASSWORD));
        return this;
    }

    public SampleUpstreams probing() {
        probes = true;
        return this;
    }

    public SampleUpstreams telling(ClientAddress how) {
        clientAddress = how;
        return this;
    }

    public SampleUpstreams bearing(MailboxLimits most) {
        limits = most;
        return this;
    }

    public SampleUpstreams within(Duration timeout) {
        loginTimeout = timeout;
        return this;
    }

    public Future<Mailbox> open(int port, UpstreamTls tls) throws IOException {
        return door(Optional.of("home"), port, tls).open(ERRAND, loops.group().next());
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
        return failure(door(Optional.empty(), 1, UpstreamTls.IMPLICIT)
                .open(ERRAND, loops.group().next()));
    }

    /** Every failure tells who it was for and where to look, and no password. */
    private UpstreamException failure(Future<Mailbox> opening) {
        assertThat(opening.awaitUninterruptibly(10, TimeUnit.SECONDS)).isTrue();
        UpstreamException failure = (UpstreamException) opening.cause();
        assertThat(failure)
                .hasMessageContaining("ada@example.org")
                .hasMessageContaining("(look at: ")
                .hasMessageNotContainingAny(PASSWORD, "s3\\\"cret", "czMi", "cret");
        awaitObserved(language.protocol() + " " + failure.failure());
        return failure;
    }

    private MailboxDoor door(Optional<String> route, int port, UpstreamTls tls) throws IOException {
        UpstreamSettings settings = new UpstreamSettings(
                "home",
                "localhost",
                new UpstreamImapSettings(new UpstreamDoorSettings(port, tls), true),
                new UpstreamDoorSettings(port, tls),
                new UpstreamSmtpSettings(new UpstreamDoorSettings(port, tls), List.of("SIZE")),
                Optional.of(authority),
                Duration.ofSeconds(2),
                loginTimeout,
                login,
                probes,
                clientAddress,
                limits);
        Upstream home = new Upstream(settings, TlsContexts.forUpstream(settings.caFile()), new ConfiguredProofs(login));
        return new MailboxDoor(
                language,
                new Routes(Map.of("home", home), new RouteSettings(route, Map.of())),
                new Dialer(loops.socket(), loops.datagram()),
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
    public void close() {
        loops.close();
    }
}

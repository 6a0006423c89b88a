package postern.proxy.listen;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.config.LoginByAddressSettings;
import postern.config.NameSettings;
import postern.config.ProxyProtocolSettings;
import postern.config.TlsRules;
import postern.proxy.conversation.SampleBounds;

/** Doors on this machine, at any free port, and what they differ in. Each is left as it is; what differs is another one. */
public final class SampleListeners {

    public static final SampleListeners STARTTLS = new SampleListeners();
    public static final SampleListeners IMPLICIT = STARTTLS.with(ListenerTls.IMPLICIT);
    public static final SampleListeners AUTODETECT = STARTTLS.with(ListenerTls.AUTODETECT);

    private String name = "first";
    private DoorProtocol protocol = DoorProtocol.IMAP;
    private int port;
    private ListenerTls tls = ListenerTls.STARTTLS;
    private Duration loginTimeout = Duration.ofSeconds(9);
    private int most = 1000;
    private int mostPerSource = 1000;
    private ProxyProtocolSettings proxyProtocol = new ProxyProtocolSettings(List.of(), Duration.ofSeconds(9), 1024);
    private TlsRules tlsRules = SampleTls.MODERN;
    private Duration autodetectWait = Duration.ofSeconds(9);
    private List<String> cleartextNetworks = List.of();

    private SampleListeners() {}

    public SampleListeners with(ListenerTls mode) {
        return but(other -> other.tls = mode);
    }

    public SampleListeners speaking(DoorProtocol another) {
        return but(other -> other.protocol = another);
    }

    public SampleListeners called(String another) {
        return but(other -> other.name = another);
    }

    public SampleListeners on(int another) {
        return but(other -> other.port = another);
    }

    public SampleListeners patientFor(Duration time) {
        return but(other -> other.loginTimeout = time);
    }

    public SampleListeners forAtMost(int inAll, int fromOneSource) {
        return but(other -> {
            other.most = inAll;
            other.mostPerSource = fromOneSource;
        });
    }

    public SampleListeners behind(String loadBalancers, Duration timeout) {
        return but(other -> other.proxyProtocol = new ProxyProtocolSettings(List.of(loadBalancers), timeout, 1024));
    }

    public SampleListeners waitingFor(Duration firstByte) {
        return but(other -> other.autodetectWait = firstByte);
    }

    /** Where passwords are read in the clear from there. */
    public SampleListeners trusting(String networks) {
        return but(other -> other.cleartextNetworks = List.of(networks));
    }

    public SampleListeners by(TlsRules rules) {
        return but(other -> other.tlsRules = rules);
    }

    private SampleListeners but(Consumer<SampleListeners> different) {
        SampleListeners other = new SampleListeners();
        other.name = name;
        other.protocol = protocol;
        other.port = port;
        other.tls = tls;
        other.loginTimeout = loginTimeout;
        other.most = most;
        other.mostPerSource = mostPerSource;
        other.proxyProtocol = proxyProtocol;
        other.tlsRules = tlsRules;
        other.autodetectWait = autodetectWait;
        other.cleartextNetworks = cleartextNetworks;
        different.accept(other);
        return other;
    }

    public ListenerTls tls() {
        return tls;
    }

    /** For the clients of all doors. */
    public static Room roomForAll() {
        return new Room(1000, ConnectionObserver.Refusal.SERVER_FULL);
    }

    public ListenerSettings settings() {
        return new ListenerSettings(
                name,
                protocol,
                "127.0.0.1",
                port,
                tls,
                autodetectWait,
                cleartextNetworks,
                LoginByAddressSettings.NONE,
                NameSettings.NONE,
                loginTimeout,
                SampleBounds.BOUNDS,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules);
    }
}

package postern.proxy.listen;

import java.time.Duration;
import java.util.List;
import postern.config.DoorProtocol;
import postern.config.ListenerSettings;
import postern.config.ListenerTls;
import postern.config.LoginByAddressSettings;
import postern.config.NameSettings;
import postern.config.ProxyProtocolSettings;
import postern.config.TlsRules;
import postern.proxy.conversation.SampleBounds;

/** Doors on this machine, at any free port, and what they differ in. */
public record SampleListeners(
        String name,
        DoorProtocol protocol,
        int port,
        ListenerTls tls,
        Duration loginTimeout,
        int most,
        int mostPerSource,
        ProxyProtocolSettings proxyProtocol,
        TlsRules tlsRules,
        Duration autodetectWait,
        List<String> cleartextNetworks) {

    public static final SampleListeners STARTTLS = new SampleListeners(
            "first",
            DoorProtocol.IMAP,
            0,
            ListenerTls.STARTTLS,
            Duration.ofSeconds(9),
            1000,
            1000,
            new ProxyProtocolSettings(List.of(), Duration.ofSeconds(9), 1024),
            SampleTls.MODERN,
            Duration.ofSeconds(9),
            List.of());
    public static final SampleListeners IMPLICIT = STARTTLS.with(ListenerTls.IMPLICIT);
    public static final SampleListeners AUTODETECT = STARTTLS.with(ListenerTls.AUTODETECT);

    public SampleListeners with(ListenerTls mode) {
        return new SampleListeners(
                name,
                protocol,
                port,
                mode,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners speaking(DoorProtocol another) {
        return new SampleListeners(
                name,
                another,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners called(String another) {
        return new SampleListeners(
                another,
                protocol,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners on(int another) {
        return new SampleListeners(
                name,
                protocol,
                another,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners patientFor(Duration time) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                time,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners forAtMost(int inAll, int fromOneSource) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                loginTimeout,
                inAll,
                fromOneSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners behind(String loadBalancers, Duration timeout) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                new ProxyProtocolSettings(List.of(loadBalancers), timeout, 1024),
                tlsRules,
                autodetectWait,
                cleartextNetworks);
    }

    public SampleListeners waitingFor(Duration firstByte) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                firstByte,
                cleartextNetworks);
    }

    /** Where passwords are read in the clear from there. */
    public SampleListeners trusting(String networks) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                tlsRules,
                autodetectWait,
                List.of(networks));
    }

    public SampleListeners by(TlsRules rules) {
        return new SampleListeners(
                name,
                protocol,
                port,
                tls,
                loginTimeout,
                most,
                mostPerSource,
                proxyProtocol,
                rules,
                autodetectWait,
                cleartextNetworks);
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

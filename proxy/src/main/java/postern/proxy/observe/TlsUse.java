package postern.proxy.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.TlsVersion;
import postern.credentials.AppPasswordId;
import postern.credentials.LegacyTlsUse;
import postern.credentials.LoginName;
import postern.proxy.listen.TlsObserver;
import postern.proxy.session.LiveSession;

/**
 * {@code postern_tls_handshakes_total{listener,version}}, {@code postern_tls_failures_total{listener}} and {@code
 * postern_cleartext_logins_total{listener}}: what clients can do. And a line for each login that could do no better than an old
 * version, or knows no TLS, with its name: who has to be asked before that is switched off.
 */
public final class TlsUse implements TlsObserver {

    private static final Logger LOG = LoggerFactory.getLogger(TlsUse.class);

    private final MeterRegistry registry;
    private final BiConsumer<AppPasswordId, LegacyTlsUse> report;

    TlsUse(MeterRegistry registry, List<String> listeners, BiConsumer<AppPasswordId, LegacyTlsUse> report) {
        this.registry = registry;
        this.report = report;
        for (String listener : listeners) {
            failures(listener);
            inTheClear(listener);
            for (TlsVersion version : TlsVersion.values()) {
                handshakes(listener, version);
            }
        }
    }

    @Override
    public void encrypted(String listener, TlsVersion version) {
        handshakes(listener, version).increment();
    }

    @Override
    public void failed(String listener) {
        failures(listener).increment();
    }

    @Override
    public void loggedInByOld(String listener, TlsVersion version, LiveSession session) {
        LOG.atInfo()
                .addKeyValue("listener", listener)
                .addKeyValue("tls", version.number())
                .addKeyValue("login_name", session.name())
                .log("login by an old TLS");
        report.accept(
                session.appPassword(),
                new LegacyTlsUse(session.since(), listener, session.protocol(), version.number(), session.device()));
    }

    @Override
    public void loggedInInTheClear(String listener, LoginName name) {
        inTheClear(listener).increment();
        LOG.atInfo()
                .addKeyValue("listener", listener)
                .addKeyValue("login_name", name)
                .log("login in the clear");
    }

    private Counter inTheClear(String listener) {
        return Counter.builder("postern.cleartext.logins")
                .description("Logins without TLS, from networks where that may be")
                .tag("listener", listener)
                .register(registry);
    }

    private Counter handshakes(String listener, TlsVersion version) {
        return Counter.builder("postern.tls.handshakes")
                .description("Connections encrypted, by the version of TLS")
                .tag("listener", listener)
                .tag("version", version.number())
                .register(registry);
    }

    private Counter failures(String listener) {
        return Counter.builder("postern.tls.failures")
                .description("TLS handshakes that did not come to their end")
                .tag("listener", listener)
                .register(registry);
    }
}

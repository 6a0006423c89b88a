package postern.app.doctor;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Step;
import postern.app.doctor.Report.Section;
import postern.config.ListenerSettings;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.listen.EventLoops;
import postern.proxy.listen.TlsContexts;
import postern.proxy.upstream.Dialer;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.ProofSource;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamObserver;
import postern.proxy.upstream.UpstreamProof;

/** Looks at mail servers. All of them at once, and each no longer than a client would wait. */
public final class Doctor {

    /** For a token that is the same for all mailboxes. */
    static final Errand NOBODYS =
            errand(new LoginName("nobody@invalid"), new LoginName("nobody@invalid"), Optional.empty());

    private final Instruments instruments;
    private final List<UpstreamLanguage<?>> languages;

    /** What the server looks at them with. */
    public record Instruments(
            Dialer dialer,
            EventLoops loops,
            List<ListenerSettings> listeners,
            UpstreamObserver observer,
            InstantSource clock,
            Ticker ticker) {

        OwnDoors ownDoors() {
            return new OwnDoors(listeners);
        }

        boolean speaks(Protocol protocol) {
            return listeners.stream()
                    .anyMatch(listener -> listener.protocol().name().equals(protocol.name()));
        }
    }

    /**
     * What is to be looked at.
     *
     * @param proofs empty where each mailbox has something of its own, and nobody is named
     * @param errand whose mailbox is to be opened; empty: nobody's
     */
    public record Patient(UpstreamSettings settings, Optional<ProofSource> proofs, Optional<Errand> errand) {}

    public Doctor(Instruments instruments, List<UpstreamLanguage<?>> languages) {
        this.instruments = instruments;
        this.languages = languages;
    }

    /** Somebody's, who calls from this machine. */
    public static Errand errand(LoginName person, LoginName mailbox, Optional<String> group) {
        return new Errand(person, mailbox, group, InetAddress.getLoopbackAddress());
    }

    public Report examine(List<Patient> patients) {
        List<CompletableFuture<List<Section>>> under = new ArrayList<>();
        for (Patient patient : patients) {
            for (UpstreamLanguage<?> language : languages) {
                under.add(onItsOwn(() -> examine(patient, language)));
            }
        }
        return new Report(under.stream().flatMap(one -> one.join().stream()).toList());
    }

    private static <T> CompletableFuture<T> onItsOwn(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
    }

    private List<Section> examine(Patient patient, UpstreamLanguage<?> language) {
        String title = "upstream " + patient.settings().name() + ", " + language.protocol();
        if (!instruments.speaks(language.protocol())) {
            return List.of(new Section(
                    title, List.of(Finding.skipped(Step.LISTENER, "no listener speaks " + language.protocol()))));
        }
        SslContext tls;
        try {
            tls = TlsContexts.forUpstream(patient.settings().trust());
        } catch (IOException e) {
            return List.of(new Section(
                    title,
                    List.of(new Finding(
                            Step.FILES,
                            new Failed(
                                    String.valueOf(e.getMessage()),
                                    "upstreams." + patient.settings().name()
                                            + ": a PEM file that this account may read")))));
        }
        return examine(
                title,
                patient,
                new Upstream(patient.settings(), tls, patient.proofs().orElse(Doctor::none)),
                language);
    }

    private List<Section> examine(String title, Patient patient, Upstream upstream, UpstreamLanguage<?> language) {
        UpstreamDoorSettings door = language.door(patient.settings());
        String mode = door.tls().name().toLowerCase(Locale.ROOT);
        List<CompletableFuture<Section>> looks = door.hosts().stream()
                .map(host -> onItsOwn(() -> new Section(
                        title + " at " + host + ":" + door.port() + ", tls " + mode,
                        new Inspection<>(instruments, upstream, language, host).findings())))
                .toList();
        List<Section> sections =
                new ArrayList<>(looks.stream().map(CompletableFuture::join).toList());
        boolean reachable = sections.stream().anyMatch(Section::isHealthy);
        String who = patient.errand().map(errand -> " as " + errand.mailbox()).orElse("");
        sections.add(new Section(
                title + ", logging in" + who,
                new TrialLogin(instruments, patient, upstream, language).findings(reachable)));
        return sections;
    }

    private static CompletableFuture<UpstreamProof> none(Errand errand, Protocol protocol) {
        return CompletableFuture.failedFuture(new UpstreamException(
                UpstreamFailure.NO_TOKEN, "nobody", "proving", protocol + " for " + errand.mailbox(), "USER"));
    }
}

package postern.app.doctor;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import postern.app.doctor.Doctor.Instruments;
import postern.app.doctor.Finding.Failed;
import postern.app.doctor.Finding.Ok;
import postern.app.doctor.Finding.Step;
import postern.app.doctor.Finding.Verdict;
import postern.app.doctor.Finding.Warning;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.proxy.conversation.Look;
import postern.proxy.conversation.Look.Seen;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.conversation.UpstreamLanguage.Lack;
import postern.proxy.conversation.UpstreamState;
import postern.proxy.listen.TlsContexts;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.Upstream;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** One host of an upstream by one protocol, at each of its addresses, up to where a login would begin. */
final class Inspection<S extends UpstreamState<S>> {

    /** More than that behind one name is a provider's, and all alike. */
    private static final int MOST_ADDRESSES = 8;

    private static final int LONGEST_GREETING = 70;

    private final Instruments instruments;
    private final Upstream upstream;
    private final UpstreamSettings settings;
    private final UpstreamLanguage<S> language;
    private final Destination to;
    private final EventLoop loop;
    private final Remedies remedies;
    private final List<Finding> findings = new ArrayList<>();

    Inspection(Instruments instruments, Upstream upstream, UpstreamLanguage<S> language, String host) {
        this.instruments = instruments;
        this.upstream = upstream;
        this.settings = upstream.settings();
        this.language = language;
        this.to = destination(upstream, language.door(settings), host);
        this.loop = instruments.loops().group().next();
        this.remedies = new Remedies(settings, language.protocol());
    }

    private static Destination destination(Upstream upstream, UpstreamDoorSettings door, String host) {
        return new Destination(upstream, door, host, Doctor.NOBODYS.announcedTo(upstream.settings()));
    }

    List<Finding> findings() {
        Future<List<InetSocketAddress>> found = instruments.dialer().addresses(to, loop);
        if (!found.awaitUninterruptibly(settings.dialing().loginTimeout().toMillis()) || !found.isSuccess()) {
            findings.add(new Finding(Step.NAME, remedies.unknownName(to.host(), Optional.ofNullable(found.cause()))));
            return findings;
        }
        List<InetSocketAddress> some =
                found.getNow().stream().limit(MOST_ADDRESSES).toList();
        findings.add(Finding.ok(Step.NAME, to.host() + " is " + told(found.getNow())));
        List<Future<Seen>> looks =
                some.stream().map(address -> look(address, upstream)).toList();
        List<Seen> seen =
                looks.stream().map(look -> look.awaitUninterruptibly().getNow()).toList();
        boolean connected = seen.stream().anyMatch(one -> one.from().isPresent());
        for (int i = 0; i < some.size(); i++) {
            seen(some.get(i), seen.get(i), connected);
        }
        return findings;
    }

    private static String told(List<InetSocketAddress> addresses) {
        String some = String.join(
                ", ",
                addresses.stream()
                        .limit(MOST_ADDRESSES)
                        .map(address -> address.getAddress().getHostAddress())
                        .toList());
        int more = addresses.size() - MOST_ADDRESSES;
        return more > 0 ? some + " and " + more + " more, which are not looked at" : some;
    }

    private Future<Seen> look(InetSocketAddress address, Upstream as) {
        Destination there = new Destination(as, to.door(), to.host(), to.announced());
        return Look.at(address, there, language, instruments.dialer(), loop, instruments.ticker());
    }

    /** @param elsewhere whether another address answers, which a login would try next */
    private void seen(InetSocketAddress address, Seen seen, boolean elsewhere) {
        String at = address.getAddress().getHostAddress() + " port " + address.getPort();
        Optional<String> own = instruments.ownDoors().at(address);
        if (own.isPresent()) {
            add(Step.CONNECTION, remedies.failed(loop(at, own.get())));
            return;
        }
        if (seen.from().isEmpty()) {
            Failed failed = remedies.notConnected(at, seen.failure().orElseThrow());
            add(Step.CONNECTION, elsewhere ? new Warning(failed.cause(), failed.cure()) : failed);
            return;
        }
        findings.add(Finding.ok(
                Step.CONNECTION,
                at + " in " + seen.connected().toMillis() + " ms, from "
                        + seen.from().get().getAddress().getHostAddress()));
        if (!seen.chain().isEmpty() && !isUntrusted(seen)) {
            add(Step.TLS, certificate(seen.chain()).taken(seen.tls()));
        }
        seen.failure()
                .ifPresentOrElse(
                        failure -> failed(address, seen, (UpstreamException) failure),
                        () -> offered(seen.offered(), seen));
    }

    private static UpstreamException loop(String at, String door) {
        return new UpstreamException(UpstreamFailure.LOOPS, at, "looking", at + " is " + door, "");
    }

    private void offered(List<String> offered, Seen seen) {
        greeted(seen);
        List<Lack> lacks = language.lacks(settings, offered);
        for (Lack lack : lacks) {
            add(
                    Step.CAPABILITIES,
                    new Failed(
                            "it does not offer " + lack.what(),
                            "turn it on at the mail server, or look at upstreams." + settings.name() + "."
                                    + lack.setting()));
        }
        if (lacks.isEmpty()) {
            List<String> untold = language.untold(settings, offered);
            add(
                    Step.CAPABILITIES,
                    new Ok(
                            offered.isEmpty()
                                    ? "it does not say"
                                    : "all that is asked of it"
                                            + (untold.isEmpty()
                                                    ? ""
                                                    : "; it has " + String.join(" ", untold) + ", too, which upstreams."
                                                            + settings.name() + ".smtp.extensions may promise")));
        }
    }

    private void greeted(Seen seen) {
        String greeting = seen.greeting();
        add(
                Step.GREETING,
                new Ok(
                        greeting.length() > LONGEST_GREETING
                                ? greeting.substring(0, LONGEST_GREETING) + "…"
                                : greeting));
    }

    private void failed(InetSocketAddress address, Seen seen, UpstreamException failure) {
        if (isUntrusted(seen)) {
            add(Step.TLS, untrusted(address, failure.seen().replaceFirst("^[\\w.$]+Exception: ", "")));
        } else if (seen.greeting().isEmpty()) {
            boolean encrypted =
                    to.door().tls() != UpstreamTls.IMPLICIT || !seen.chain().isEmpty();
            add(encrypted ? Step.GREETING : Step.TLS, remedies.failed(failure));
        } else if (failure.seen().equals(seen.greeting())) {
            add(Step.GREETING, remedies.failed(failure));
        } else {
            greeted(seen);
            add(Step.CAPABILITIES, remedies.failed(failure));
        }
    }

    private static boolean isUntrusted(Seen seen) {
        return seen.failure().orElse(null) instanceof UpstreamException failure
                && failure.failure() == UpstreamFailure.UNTRUSTED;
    }

    /** Looks again, and this time at whatever certificate there is: it is believed nothing, and told nothing. */
    private Verdict untrusted(InetSocketAddress address, String why) {
        Upstream anybody = new Upstream(settings, TlsContexts.forAnybody(), upstream.proofs());
        Seen again = look(address, anybody).awaitUninterruptibly().getNow();
        if (again.chain().isEmpty()) {
            return remedies.noTls(to.door().tls(), why);
        }
        return why.toLowerCase(Locale.ROOT).contains("alert")
                ? remedies.tlsBrokenOff(why)
                : certificate(again.chain()).refused(why);
    }

    private CertificateCheck certificate(List<X509Certificate> chain) {
        return new CertificateCheck(
                chain, to.host(), settings, instruments.clock().instant());
    }

    /** Several addresses of one host most often say the same: once is enough, where nothing is wrong with it. */
    private void add(Step step, Verdict verdict) {
        Finding finding = new Finding(step, verdict);
        boolean told = findings.contains(finding)
                || (verdict instanceof Ok
                        && findings.stream().anyMatch(one -> one.step() == step && one.verdict() instanceof Ok));
        if (!told) {
            findings.add(finding);
        }
    }
}

package postern.proxy.http;

import com.linecorp.armeria.common.HttpResponse;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import postern.config.ClientAddress;
import postern.credentials.Protocol;
import postern.proxy.http.PassingOn.Asked;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Upstream;

/**
 * The way of a request that may go upstream. All of it on the event loop of the client's connection.
 *
 * <pre>
 *   proof ─→ connection ─→ {@link Exchange}
 * </pre>
 */
final class Forwarding {

    private final HttpUpstreams upstreams;

    Forwarding(HttpUpstreams upstreams) {
        this.upstreams = upstreams;
    }

    HttpResponse begin(Asked asked, Errand errand, DeviceLine line, Upstream upstream) {
        long since = upstreams.now();
        Exchange exchange = new Exchange(asked.request(), asked.client(), line);
        CompletableFuture<String> proving =
                upstreams.proof(upstream, errand, asked.protocol()).toCompletableFuture();
        Passage passage = new Passage(asked, errand, upstream, exchange, since);
        if (proving.isDone()) {
            proving.whenComplete((proof, failure) -> proved(passage, proof, failure));
        } else {
            proving.whenCompleteAsync(
                    (proof, failure) -> proved(passage, proof, failure),
                    asked.channel().eventLoop());
        }
        return exchange.answer();
    }

    private record Passage(Asked asked, Errand errand, Upstream upstream, Exchange exchange, long since) {}

    private void proved(Passage passage, @Nullable String proof, @Nullable Throwable failure) {
        if (passage.exchange().isOver()) {
            return;
        }
        if (proof == null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            failed(passage, Objects.requireNonNull(cause));
            return;
        }
        HttpConnection client = passage.asked().client();
        Upstream upstream = passage.upstream();
        client.takeFree(upstream.settings().name())
                .ifPresentOrElse(
                        known -> carry(passage, proof, known),
                        () -> upstreams
                                .connect(
                                        upstream,
                                        passage.errand(),
                                        client,
                                        passage.asked().channel().eventLoop(),
                                        () -> !passage.exchange().isOver())
                                .addListener(connecting -> {
                                    if (connecting.isSuccess()) {
                                        carry(passage, proof, (UpstreamConnection) connecting.getNow());
                                    } else {
                                        failed(passage, connecting.cause());
                                    }
                                }));
    }

    private void failed(Passage passage, Throwable cause) {
        upstreams.failed(passage.asked().protocol(), passage.errand(), cause, passage.since());
        passage.exchange().fail(HttpUpstreams.failureOf(cause));
    }

    private void carry(Passage passage, String proof, UpstreamConnection connection) {
        if (passage.exchange().isOver()) {
            connection.close();
            return;
        }
        Asked asked = passage.asked();
        Turnaround rules = new Turnaround(
                target(passage),
                proof,
                Optional.of(passage.upstream().settings())
                        .filter(settings -> settings.clientAddress() != ClientAddress.OFF)
                        .map(_ -> passage.errand().client().getHostAddress().replaceFirst("%.*", "")),
                String.valueOf(asked.headers().authority()),
                asked.protocol() == Protocol.ACTIVESYNC
                        ? passage.upstream().settings().http().leastActiveSync()
                        : Optional.empty(),
                cause -> upstreams.failed(asked.protocol(), passage.errand(), cause, passage.since()));
        connection.carry(passage.exchange(), rules, rules.ask(asked.headers(), connection.to(), asked.hasBody()));
    }

    private static String target(Passage passage) {
        String query = passage.asked().query().of(passage.errand().mailbox().value());
        return query.isEmpty() ? passage.asked().path() : passage.asked().path() + "?" + query;
    }
}

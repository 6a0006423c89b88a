package postern.proxy.setup;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import postern.config.ClientSetupSettings;
import postern.credentials.Authenticator;
import postern.credentials.setup.SetupKind;
import postern.credentials.setup.SetupLinks;
import postern.proxy.listen.Visitor;
import postern.proxy.session.TlsTerms;
import postern.proxy.setup.Offers.Asked;
import postern.proxy.setup.ProfileLinks.Caller;

/**
 * Tells mail programs what to connect to. No login is needed and none is taken, but where somebody sends an app password
 * to get it back in a profile. Its door sees to TLS, to time, and to what is no path.
 */
public final class ClientSetup implements HttpService {

    /** A question has a few hundred bytes. */
    private static final int MAX_BODY = 16 * 1024;

    /** For saying it, whatever the door gives others who have more to say. */
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);

    private final Offers offers;
    private final Autodiscover autodiscover;
    private final Autoconfig autoconfig;
    private final ProfileLinks links;

    /**
     * @param authenticator that of the doors: a form is a login like any other
     * @param threads start a virtual thread for each that waits for the store: {@code Thread::startVirtualThread}
     */
    public ClientSetup(ClientSetupSettings settings, Authenticator authenticator, SetupLinks links, Executor threads) {
        this.offers = new Offers(settings);
        this.autodiscover = new Autodiscover(offers);
        this.autoconfig = new Autoconfig(offers);
        this.links = new ProfileLinks(offers, authenticator, links, threads);
    }

    /**
     * Whether it is asked for here.
     *
     * @param path as it came, free of what could make it mean another
     */
    public boolean serves(String path) {
        return SetupPath.of(path).isPresent();
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Optional<SetupPath> path = SetupPath.of(asItCame(context));
        if (path.isEmpty()) {
            return SetupReply.text(404, "There is nothing here.").print();
        }
        List<HttpMethod> methods = path.get().methods();
        if (!methods.contains(request.method())) {
            return SetupReply.text(405, "This is asked for in another way.")
                    .with("Allow", methods.stream().map(HttpMethod::name).collect(Collectors.joining(", ")))
                    .print();
        }
        Query query = new Query(QueryParams.fromQueryString(context.query()));
        return switch (path.get()) {
            case SetupPath.Pox _ ->
                read(
                        context,
                        request,
                        whole -> answered(autodiscover.pox(whole.content().array())));
            case SetupPath.Json(Optional<String> address) ->
                autodiscover
                        .json(address.or(() -> query.only("email")), query.only("protocol"))
                        .print();
            case SetupPath.Autoconfig _ ->
                autoconfig
                        .answer(
                                query.only("emailaddress"),
                                Optional.ofNullable(request.authority()).orElse(""))
                        .print();
            case SetupPath.Profile _ ->
                request.method() == HttpMethod.POST
                        ? form(context, request)
                        : profile(query).print();
            case SetupPath.Link(String token) -> sent(links.take(token));
        };
    }

    /** What the door has looked at, before anybody has decoded anything. */
    private static String asItCame(ServiceRequestContext context) {
        String target = context.rawPath();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private SetupReply profile(Query query) {
        Optional<Asked> asked = query.only("address").flatMap(offers::of);
        if (asked.isEmpty()) {
            return SetupPages.noSuchDomain();
        }
        Optional<SetupKind> kind = query.only("kind")
                .flatMap(SetupKind::parse)
                .filter(one -> AppleProfile.isOffered(asked.get().offer(), one));
        return kind.map(one -> SetupReply.profile(AppleProfile.of(asked.get(), one, Optional.empty())))
                .orElseGet(SetupPages::notOffered);
    }

    private HttpResponse form(ServiceRequestContext context, HttpRequest request) {
        MediaType type = request.contentType();
        if (type == null || !type.withoutParameters().is(MediaType.FORM_DATA)) {
            return SetupPages.otherMediaType().print();
        }
        return read(context, request, whole -> {
            context.clearRequestTimeout(); // who guesses is made to wait, and must not hear that we are ill
            return links.make(caller(context), whole.content().array());
        });
    }

    /** As the door knows them: of TLS and of load balancers, which are in front of it, Armeria knows nothing. */
    private static Caller caller(ServiceRequestContext context) {
        Channel channel = Objects.requireNonNull(
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel());
        return new Caller(
                Visitor.of(channel).address(),
                TlsTerms.of(channel).map(TlsTerms::version),
                context.id().text(),
                context.whenRequestCancelled());
    }

    private static HttpResponse read(
            ServiceRequestContext context,
            HttpRequest request,
            Function<AggregatedHttpRequest, CompletionStage<SetupReply>> answer) {
        context.setMaxRequestLength(MAX_BODY);
        context.setRequestTimeout(LONGEST_QUESTION);
        return sent(request.aggregate().thenCompose(answer).exceptionally(ClientSetup::tooLong));
    }

    private static SetupReply tooLong(Throwable failed) {
        Throwable why = failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        if (why instanceof ContentTooLargeException) {
            return SetupReply.text(413, "The question is too long (expected: " + MAX_BODY + " bytes at most).");
        }
        throw why instanceof RuntimeException unchecked ? unchecked : new CompletionException(why);
    }

    private static CompletionStage<SetupReply> answered(SetupReply reply) {
        return CompletableFuture.completedStage(reply);
    }

    private static HttpResponse sent(CompletionStage<SetupReply> reply) {
        return HttpResponse.of(reply.thenApply(SetupReply::print));
    }

    /** What stands behind the question mark. Programs write names in capitals of their own. */
    private record Query(QueryParams all) {

        /** Twice is not once, and nothing is not there. */
        Optional<String> only(String name) {
            List<String> values = all.stream()
                    .filter(one -> one.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .toList();
            return values.size() == 1
                    ? Optional.of(values.getFirst()).filter(value -> !value.isEmpty())
                    : Optional.empty();
        }
    }
}

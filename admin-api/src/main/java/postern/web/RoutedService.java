package postern.web;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetAddress;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import postern.credentials.Permission;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.Caller;

/**
 * Finds the route and lets it answer on a virtual thread.
 *
 * <pre>
 *   who asks? ─→ too often? ─→ body ─→ which route? ─→ may they? ─→ in which form? ─→ answered before? ─→ the route's own
 * </pre>
 *
 * Who may not ask learns nothing, not even which paths there are; and what may not be done is refused before it is looked for. Who
 * may is heard to the end, since HTTP/2 clients take an answer in the middle of their request for a broken stream.
 */
public final class RoutedService implements HttpService {

    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("http-request").start(task);

    private static final MediaType MERGE_PATCH = MediaType.create("application", "merge-patch+json");

    /**
     * How callers are taken who say who they are.
     *
     * @param pace how often each may ask
     * @param repeats what is known of requests that are sent again
     */
    public record Manners(Gate gate, Pace pace, Repeats repeats) {}

    private final List<Route> routes;
    private final Optional<Manners> manners;
    private final Optional<Pace> strangers;
    private final InstantSource clock;

    private RoutedService(
            List<Route> routes, Optional<Manners> manners, Optional<Pace> strangers, InstantSource clock) {
        this.routes = routes;
        this.manners = manners;
        this.strangers = strangers;
        this.clock = clock;
    }

    public static RoutedService forCallers(List<Route> routes, Manners manners, InstantSource clock) {
        return new RoutedService(routes, Optional.of(manners), Optional.empty(), clock);
    }

    /** For those nearby: how often they ask is theirs. */
    public static RoutedService forAnybody(List<Route> routes, InstantSource clock) {
        return new RoutedService(routes, Optional.empty(), Optional.empty(), clock);
    }

    /**
     * For the world.
     *
     * @param pace how often each source may ask
     */
    public static RoutedService forStrangers(List<Route> routes, Pace pace, InstantSource clock) {
        return new RoutedService(routes, Optional.empty(), Optional.of(pace), clock);
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(CompletableFuture.supplyAsync(() -> answer(context, request), VIRTUAL));
    }

    /** Nothing is sent before it is whole, so that a failure half-way can still be told as one. */
    @Override
    public ExchangeType exchangeType(RoutingContext routing) {
        return ExchangeType.REQUEST_STREAMING;
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
        try {
            Optional<Caller> caller = caller(context, request.headers());
            AggregatedHttpRequest whole = request.aggregate().join();
            Route.Found found = Route.find(routes, request.method(), context.path());
            AccessLog.found(context, found);
            checkPermission(found.route(), caller);
            QueryParams query = query(context, found.route());
            checkForm(request.headers());
            Call call = new Call(
                    caller,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    found.variables(),
                    query,
                    whole.headers(),
                    whole.content(),
                    context.id().text());
            Reply reply = reply(call, found.route());
            AccessLog.replied(context, reply);
            return reply.print(context.id(), call).toHttpResponse();
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new CompletionException(e);
        }
    }

    private Reply reply(Call call, Route route) throws Exception {
        if (route.queries().contains(Route.VALIDATE_ONLY)) {
            var _ = call.validateOnly(); // a slip of the pen in it must not change anything
        }
        try {
            return manners.isPresent()
                    ? manners.get().repeats().answer(call, route)
                    : route.handler().handle(call);
        } catch (Checked checked) {
            return checked.reply();
        }
    }

    private Optional<Caller> caller(ServiceRequestContext context, RequestHeaders headers)
            throws StoreUnavailableException {
        InetAddress from = context.remoteAddress().getAddress();
        strangers.ifPresent(pace -> pace.take(SourceNetwork.of(from)));
        if (manners.isEmpty()) {
            return Optional.empty();
        }
        Caller caller = manners.get().gate().pass(headers, from);
        manners.get().pace().take(caller);
        return Optional.of(caller);
    }

    private static void checkPermission(Route route, Optional<Caller> caller) {
        if (route.permission().isPresent()) {
            Permission needed = route.permission().get();
            if (caller.isEmpty() || !caller.get().may(needed)) {
                throw new Refusal(
                        Problem.FORBIDDEN.because("permission: " + needed + " is missing (expected: a token with it)"));
            }
        }
    }

    private static QueryParams query(ServiceRequestContext context, Route route) {
        QueryParams query = QueryParams.fromQueryString(context.query());
        Set<String> unknown = new TreeSet<>(query.names());
        unknown.removeAll(route.queries());
        if (!unknown.isEmpty() && route.permission().isPresent()) {
            throw Refusal.malformed("query: has a parameter that is not known here (expected: "
                    + (route.queries().isEmpty() ? "none" : String.join(", ", new TreeSet<>(route.queries()))) + ")");
        }
        return query;
    }

    private void checkForm(RequestHeaders headers) {
        HttpMethod method = headers.method();
        boolean takesBody = method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH;
        if (takesBody && !isJson(headers.contentType(), method)) {
            throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE.because(
                    "content-type: missing or another (expected: " + Reply.JSON_TYPE + ")"));
        }
        if (manners.isPresent() && !takesJson(headers)) {
            throw new Refusal(
                    Problem.NOT_ACCEPTABLE.because("accept: other types (expected: " + Reply.JSON_TYPE + ")"));
        }
    }

    private static boolean isJson(@Nullable MediaType type, HttpMethod method) {
        MediaType bare = type == null ? MediaType.ANY_TYPE : type.withoutParameters();
        return bare.is(MediaType.JSON) || (method == HttpMethod.PATCH && bare.is(MERGE_PATCH));
    }

    private static boolean takesJson(RequestHeaders headers) {
        List<MediaType> ranges = headers.accept();
        return ranges.isEmpty()
                || ranges.stream().anyMatch(range -> MediaType.JSON.belongsTo(range.withoutParameters()));
    }
}

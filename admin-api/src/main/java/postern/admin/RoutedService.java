package postern.admin;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds the route, reads the body, and lets the route answer on a virtual thread. */
final class RoutedService implements HttpService {

    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("http-request").start(task);

    private final List<Route> routes;

    RoutedService(List<Route> routes) {
        this.routes = routes;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        Route.Found found = Route.find(routes, request.method(), context.path());
        AccessLog.found(context, found);
        if (request.method() == HttpMethod.POST && !isJson(request.contentType())) {
            throw new Refusal(Problem.UNSUPPORTED_MEDIA_TYPE.because(
                    "content-type: missing or another (expected: " + Reply.JSON_TYPE + ")"));
        }
        return HttpResponse.of(request.aggregate().thenApplyAsync(whole -> answer(context, found, whole), VIRTUAL));
    }

    /** Nothing is sent before it is whole, so that a failure half-way can still be told as one. */
    @Override
    public ExchangeType exchangeType(RoutingContext routing) {
        return ExchangeType.REQUEST_STREAMING;
    }

    private static HttpResponse answer(ServiceRequestContext context, Route.Found found, AggregatedHttpRequest whole) {
        String accept = whole.headers().get(HttpHeaderNames.ACCEPT, "");
        try {
            Reply reply = found.route()
                    .handler()
                    .handle(new Call(
                            found.variables(),
                            QueryParams.fromQueryString(context.query()),
                            accept,
                            whole.content(),
                            context.id().text()));
            AccessLog.replied(context, reply);
            return reply.print(context.id()).toHttpResponse();
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new CompletionException(e);
        }
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null && type.withoutParameters().is(MediaType.JSON);
    }
}

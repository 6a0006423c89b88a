package postern.admin;

import static postern.admin.Route.delete;
import static postern.admin.Route.get;
import static postern.admin.Route.post;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import postern.admin.Answer.NoSuchAppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;

/** The admin API, over HTTPS alone. */
public final class AdminServer implements AutoCloseable {

    /** Below it are pages for people in a browser. */
    private static final String FOR_EVERYBODY = "/consent/";

    private static final Duration FOR_A_PROVIDER = Duration.ofSeconds(40);

    private static final Executor VIRTUAL =
            task -> Thread.ofVirtual().name("http-gate").start(task);

    private final HttpDoor door;

    private AdminServer(HttpDoor door) {
        this.door = door;
    }

    /** What those may do who have no token. */
    private static List<Route> open(ConsentPage page) {
        return List.of(get(FOR_EVERYBODY + "{upstream}", page::finish));
    }

    /** What an administrator may do. */
    private static List<Route> routes(AccountDesk accounts, AppPasswordDesk appPasswords, GrantDesk grants) {
        return List.of(
                post("/v1/users", call -> Replies.of(accounts.add(newLogin(call), call.requestId()))),
                get("/v1/users/{login}", call -> Replies.of(accounts.find(call.login()))),
                post("/v1/users/{login}/app-passwords", call -> Replies.of(issue(appPasswords, call))),
                get("/v1/users/{login}/app-passwords", call -> Replies.of(appPasswords.list(call.login()))),
                delete("/v1/users/{login}/app-passwords/{id}", call -> Replies.of(revoke(appPasswords, call))),
                get("/v1/users/{login}/grants", call -> Replies.of(grants.list(call.login()))),
                post("/v1/users/{login}/consents", call -> Replies.of(ask(grants, call))));
    }

    /**
     * Listens from now on.
     *
     * @param address with port 0 for any free one
     * @param eventLoops shared with others, and left running on close
     * @throws IOException when the certificate cannot be read or the address cannot be had
     */
    public static AdminServer open(
            InetSocketAddress address,
            TlsFiles tls,
            EventLoopGroup eventLoops,
            TokenGate gate,
            AccountDesk accounts,
            AppPasswordDesk appPasswords,
            GrantDesk grants)
            throws IOException {
        HttpService open = patient(new RoutedService(open(new ConsentPage(grants.consents()))));
        HttpService closed = behind(gate, new RoutedService(routes(accounts, appPasswords, grants)));
        return new AdminServer(HttpDoor.open(
                "admin", address, Optional.of(tls), eventLoops, new AccessLog(), new Halves(open, closed)));
    }

    /** Pages for people, and what is for administrators. */
    private record Halves(HttpService open, HttpService closed) implements HttpService {

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
            return (context.path().startsWith(FOR_EVERYBODY) ? open : closed).serve(context, request);
        }

        @Override
        public ExchangeType exchangeType(RoutingContext routing) {
            return closed.exchangeType(routing); // both are routed alike
        }
    }

    /** A provider is waited for meanwhile. */
    private static HttpService patient(HttpService routes) {
        return routes.decorate((next, context, request) -> {
            context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, FOR_A_PROVIDER);
            return next.serve(context, request);
        });
    }

    /** Who has no token learns nothing: not even which paths there are. */
    private static HttpService behind(TokenGate gate, HttpService routes) {
        return routes.decorate((next, context, request) -> HttpResponse.of(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        gate.pass(request.headers(), context.remoteAddress().getAddress());
                        checkAccept(request.headers());
                        return next.serve(context, request);
                    } catch (Exception e) {
                        throw e instanceof RuntimeException unchecked ? unchecked : new CompletionException(e);
                    }
                },
                VIRTUAL)));
    }

    private static void checkAccept(RequestHeaders headers) {
        if (!takesJson(headers)) {
            throw new Refusal(
                    Problem.NOT_ACCEPTABLE.because("accept: other types (expected: " + Reply.JSON_TYPE + ")"));
        }
    }

    private static boolean takesJson(RequestHeaders headers) {
        List<MediaType> ranges = headers.accept();
        return ranges.isEmpty()
                || ranges.stream().anyMatch(range -> MediaType.JSON.belongsTo(range.withoutParameters()));
    }

    private static LoginName newLogin(Call call) {
        String name = call.body("login_name").text("login_name");
        try {
            return new LoginName(name);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Answer issue(AppPasswordDesk desk, Call call) throws StoreUnavailableException {
        JsonBody body = call.body("name", "expires_at");
        return desk.issue(call.login(), body.text("name"), body.instant("expires_at"), call.requestId());
    }

    private static Answer revoke(AppPasswordDesk desk, Call call) throws StoreUnavailableException {
        LoginName owner = call.login();
        Optional<AppPasswordId> id = call.appPassword();
        return id.isPresent() ? desk.revoke(owner, id.get(), call.requestId()) : new NoSuchAppPassword(owner);
    }

    private static Answer ask(GrantDesk desk, Call call) throws StoreUnavailableException {
        return desk.ask(call.login(), call.body("upstream").text("upstream"), call.requestId());
    }

    public int port() {
        return door.port();
    }

    /** Lets requests under way end, for two seconds; takes three at most. */
    @Override
    public void close() {
        door.close();
    }
}

package postern.admin;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import postern.web.AccessLog;
import postern.web.HttpDoor;
import postern.web.Route;
import postern.web.RoutedService;
import postern.web.RoutedService.Manners;
import postern.web.TlsFiles;

/** The admin API, over HTTPS alone. */
public final class AdminServer implements AutoCloseable {

    private static final Duration FOR_A_PROVIDER = Duration.ofSeconds(40);

    private final HttpDoor door;

    private AdminServer(HttpDoor door) {
        this.door = door;
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
            Manners manners,
            Domain domain,
            InstantSource clock)
            throws IOException {
        List<Route> routes = AdminRoutes.open(domain);
        HttpService open = patient(RoutedService.forStrangers(routes, manners.pace(), clock));
        HttpService closed = RoutedService.forCallers(AdminRoutes.of(domain), manners, clock);
        return new AdminServer(HttpDoor.open(
                "admin", address, Optional.of(tls), eventLoops, new AccessLog(), new Halves(routes, open, closed)));
    }

    /** Pages for people, and what is for administrators. */
    private record Halves(List<Route> routes, HttpService open, HttpService closed) implements HttpService {

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
            boolean isOpen = routes.stream().anyMatch(route -> route.leadsTo(context.path()));
            return (isOpen ? open : closed).serve(context, request);
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

    public int port() {
        return door.port();
    }

    /** Lets requests under way end, for two seconds; takes three at most. */
    @Override
    public void close() {
        door.close();
    }
}

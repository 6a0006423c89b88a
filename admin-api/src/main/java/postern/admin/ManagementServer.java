package postern.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import postern.web.Call;
import postern.web.HttpDoor;
import postern.web.JsonBody;
import postern.web.Reply;
import postern.web.Route;
import postern.web.RoutedService;

/** Health and metrics, for machines, in plain HTTP: it belongs on an address that only they reach. */
public final class ManagementServer implements AutoCloseable {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpDoor door;

    private ManagementServer(HttpDoor door) {
        this.door = door;
    }

    private static List<Route> routes(Readiness readiness, UnaryOperator<String> scrape) {
        return List.of(
                Route.open(
                        "/health/live",
                        _ -> new Reply.Json(200, JsonBody.object().put("status", "live"))),
                Route.open("/health/ready", _ -> ready(readiness.ask())),
                Route.open("/metrics", call -> metrics(call, scrape)));
    }

    /**
     * Listens from now on.
     *
     * @param address with port 0 for any free one
     * @param eventLoops shared with others, and left running on close
     * @param scrape from the content type asked for to the metrics in it
     * @throws IOException when the address cannot be had
     */
    public static ManagementServer open(
            InetSocketAddress address, EventLoopGroup eventLoops, Readiness readiness, UnaryOperator<String> scrape)
            throws IOException {
        RoutedService service = RoutedService.forAnybody(routes(readiness, scrape), InstantSource.system());
        return new ManagementServer(HttpDoor.open(
                "management", address, Optional.empty(), eventLoops, AccessLogWriter.disabled(), service));
    }

    private static Reply ready(Map<String, Boolean> checks) {
        boolean ready = !checks.containsValue(false);
        ObjectNode body = JsonBody.object().put("status", ready ? "ready" : "not_ready");
        ObjectNode told = body.putObject("checks");
        checks.forEach((name, well) -> told.put(name, well ? "ok" : "failing"));
        return new Reply.Json(ready ? 200 : 503, body);
    }

    private static Reply metrics(Call call, UnaryOperator<String> scrape) {
        String type = call.accept().contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PROMETHEUS_TYPE;
        return new Reply.Text(type, scrape.apply(type));
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

package postern.proxy.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import postern.config.ActiveSyncVersion;
import postern.config.HttpSettings;
import postern.credentials.Protocol;
import postern.proxy.http.PassingOn.Asked;

/**
 * Who is meant by a request, from its path alone: ActiveSync, one of the paths that are passed on, pages of our own, or
 * nobody. What could be taken for another path than it looks like is nobody's.
 */
public final class RequestGate implements HttpService {

    private static final String ACTIVESYNC = "/Microsoft-Server-ActiveSync";
    private static final String ACTIVESYNC_OF_OLD = ACTIVESYNC + "/default.eas";
    private static final Set<HttpMethod> OF_ACTIVESYNC = Set.of(HttpMethod.OPTIONS, HttpMethod.GET, HttpMethod.POST);
    private static final Pattern QUERY = Pattern.compile("[!-~&&[^#]]*");

    private final HttpSettings settings;
    private final PassingOn passingOn;
    private final Pages pages;

    /** What is answered here, without a login. */
    public record Pages(Predicate<String> have, HttpService service) {

        /** Where there is none. */
        public static final Pages NONE = new Pages(_ -> false, (_, _) -> HttpResponse.of(HttpStatus.NOT_FOUND));
    }

    public RequestGate(HttpSettings settings, PassingOn passingOn, Pages pages) {
        this.settings = settings;
        this.passingOn = passingOn;
        this.pages = pages;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
        Channel channel = Objects.requireNonNull(
                context.log().ensureAvailable(RequestLogProperty.SESSION).channel());
        Optional<HttpConnection> client = HttpConnection.of(channel);
        String target = context.rawPath(); // as it came, with its query
        int mark = target.indexOf('?');
        Optional<RequestPath> path = RequestPath.read(mark < 0 ? target : target.substring(0, mark));
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (client.isEmpty()
                || path.isEmpty()
                || !isPlain(request)
                || !QUERY.matcher(query).matches()) {
            return HttpAnswers.LAST.empty(HttpStatus.BAD_REQUEST).toHttpResponse();
        }
        if (settings.activeSync() && (path.get().is(ACTIVESYNC) || path.get().is(ACTIVESYNC_OF_OLD))) {
            return activeSync(channel, client.get(), query, request);
        }
        if (settings.paths().stream().anyMatch(path.get()::isWithin)) {
            DeviceQuery plain = new DeviceQuery(Device.UNKNOWN, Map.of(), query);
            return passingOn.serve(
                    new Asked(channel, client.get(), Protocol.DAV, path.get().text(), plain, request));
        }
        return pages.have().test(path.get().text())
                ? pages.service().serve(context, request)
                : HttpAnswers.AMONG_OTHERS.empty(HttpStatus.NOT_FOUND).toHttpResponse();
    }

    /** By HTTP/2 nobody else has looked at these yet. */
    private static boolean isPlain(HttpRequest request) {
        return RequestFraming.isHost(String.valueOf(request.authority()))
                && request.headers().getAll("authorization").size() <= 1;
    }

    private HttpResponse activeSync(Channel channel, HttpConnection client, String query, HttpRequest request) {
        if (!OF_ACTIVESYNC.contains(request.method())) {
            return HttpAnswers.LAST.empty(HttpStatus.METHOD_NOT_ALLOWED).toHttpResponse();
        }
        Optional<DeviceQuery> read = DeviceQuery.read(query)
                .map(known -> new DeviceQuery(
                        known.device()
                                .speaking(Optional.ofNullable(request.headers().get("ms-asprotocolversion"))
                                        .flatMap(ActiveSyncVersion::read)),
                        known.words(),
                        known.asItCame()));
        return read.map(known ->
                        passingOn.serve(new Asked(channel, client, Protocol.ACTIVESYNC, ACTIVESYNC, known, request)))
                .orElseGet(() -> HttpAnswers.LAST.empty(HttpStatus.BAD_REQUEST).toHttpResponse());
    }
}

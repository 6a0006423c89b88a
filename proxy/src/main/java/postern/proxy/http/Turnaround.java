package postern.proxy.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import postern.config.ActiveSyncVersion;
import postern.credentials.OneLine;
import postern.proxy.upstream.Destination;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/**
 * What passes of a request's head to the upstream, and of its answer's to the client. To the upstream only what is known to
 * be of use there: among headers of its own there are some that it obeys. To the client nothing that names the upstream, or that is
 * for those behind it.
 *
 * @param target path and query, as the upstream has them
 * @param proof the Authorization that opens the mailbox
 * @param clientAddress is told to the upstream
 * @param ourName what the client calls us: a host, and a port where it is not 443
 * @param leastActiveSync older versions are kept from the client
 * @param trouble is told what the upstream failed by
 */
record Turnaround(
        String target,
        String proof,
        Optional<String> clientAddress,
        String ourName,
        Optional<ActiveSyncVersion> leastActiveSync,
        Consumer<UpstreamException> trouble) {

    private static final Set<String> TO_UPSTREAM = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "brief",
            "cache-control",
            "client-request-id",
            "content-encoding",
            "content-language",
            "content-type",
            "date",
            "depth",
            "if",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-schedule-tag-match",
            "if-unmodified-since",
            "lock-token",
            "overwrite",
            "pragma",
            "prefer",
            "range",
            "return-client-request-id",
            "soapaction",
            "timeout",
            "user-agent",
            "x-ms-policykey",
            "x-requested-with");

    private static final String OF_ACTIVESYNC = "ms-as";

    private static final Set<String> NOT_TO_CLIENT = Set.of(
            "alt-svc",
            "connection",
            "keep-alive",
            "location",
            "content-location",
            "x-ms-location",
            "proxy-authenticate",
            "proxy-connection",
            "server",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "www-authenticate",
            "x-aspnet-version",
            "x-backendhttpstatus",
            "x-beserver",
            "x-calculatedbetarget",
            "x-calculatedfetarget",
            "x-diaginfo",
            "x-feefzinfo",
            "x-feproxyinfo",
            "x-feserver",
            "x-powered-by",
            "x-proxy-backendserverstatus",
            "x-proxy-routingcorrectness");

    private static final int LONGEST_SEEN = 200;

    private static final Set<String> PLACES = Set.of("location", "content-location", "x-ms-location");
    private static final AsciiString VERSIONS = AsciiString.cached("ms-asprotocolversions");

    /** As the upstream hears it. */
    HttpRequest ask(RequestHeaders asked, Destination to, boolean hasBody) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(
                "host",
                to.door().port() == 443
                        ? to.host()
                        : to.host() + ":" + to.door().port());
        headers.set("authorization", proof);
        asked.forEach((name, value) -> {
            if (TO_UPSTREAM.contains(name.toString()) || name.startsWith(OF_ACTIVESYNC)) {
                headers.add(name, value);
            }
        });
        Optional.ofNullable(asked.get("destination"))
                .flatMap(place -> below(place, "https://" + asked.authority()))
                .ifPresent(path -> headers.set("destination", "https://" + headers.get("host") + path));
        clientAddress.ifPresent(address -> headers.set("x-forwarded-for", address));
        String length = asked.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null) {
            headers.set("content-length", length);
        } else if (hasBody) {
            headers.set("transfer-encoding", "chunked");
        }
        return new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.valueOf(asked.method().name()), target, headers);
    }

    private static Optional<String> below(String place, String root) {
        return place.startsWith(root + "/")
                ? RequestPath.read(place.substring(root.length())).map(RequestPath::text)
                : Optional.empty();
    }

    /** As the client hears it. */
    ResponseHeaders answer(HttpResponse said) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(said.status().code());
        for (Map.Entry<String, String> field : said.headers()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (PLACES.contains(name)) {
                ours(field.getValue()).ifPresent(place -> headers.add(name, place));
            } else if (!NOT_TO_CLIENT.contains(name)) {
                headers.add(name, field.getValue());
            }
        }
        leastActiveSync.ifPresent(least -> keepFrom(least, headers));
        return headers.build();
    }

    /** The same place under our name; what is none, or not one of those that we pass on, is not told. */
    private Optional<String> ours(String place) {
        String path = place.replaceFirst("^(?i:https?:)?//[^/?#]*", "");
        String before = path.split("[?#]", 2)[0];
        return RequestPath.read(before.isEmpty() ? "/" : before)
                .map(_ -> "https://" + ourName + (path.startsWith("/") ? path : "/" + path));
    }

    /** A phone speaks the newest version that it hears of, so it hears of none that would be refused. */
    private static void keepFrom(ActiveSyncVersion least, ResponseHeadersBuilder headers) {
        String all = headers.get(VERSIONS);
        if (all != null) {
            headers.set(
                    VERSIONS,
                    Arrays.stream(all.split(",", -1))
                            .filter(text -> ActiveSyncVersion.read(text)
                                    .filter(version -> version.compareTo(least) >= 0)
                                    .isPresent())
                            .collect(Collectors.joining(",")));
        }
    }

    @Override
    public String toString() {
        return "***"; // the proof is in it
    }

    /** How it wants to be logged in at, which is for the operator. */
    String said(HttpHeaders headers) {
        return "(it offers: " + String.join(", ", headers.getAll("www-authenticate")) + ")";
    }

    void failed(UpstreamFailure why, Destination to, String seen) {
        trouble.accept(new UpstreamException(
                why, to.at(), "passing on a request", OneLine.of(seen, LONGEST_SEEN), to.section() + ".http, .login"));
    }
}

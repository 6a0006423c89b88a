package postern.credentials.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A token endpoint that says what it is told to say, for what no real one can be made to. */
public final class FakeProvider implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private volatile Reply reply;
    private volatile Reply deviceReply = Reply.json(404, "{}");

    /** What to do with a request. */
    public interface Reply {

        void to(HttpExchange exchange, Map<String, String> form) throws IOException;

        static Reply json(int status, String body, String... headers) {
            return (exchange, _) -> send(exchange, status, body, headers);
        }

        /** An answer that depends on the form. */
        static Reply json(Function<Map<String, String>, String> body) {
            return (exchange, form) -> send(exchange, 200, body.apply(form));
        }

        /** As Microsoft words it. */
        static Reply error(String error, String description) {
            return json(400, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
        }

        private static void send(HttpExchange exchange, int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private FakeProvider(Reply reply) throws IOException {
        this.reply = reply;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> answer(exchange, this.reply)); // as it is then
        server.createContext("/device", exchange -> answer(exchange, deviceReply));
        server.setExecutor(threads);
        server.start();
    }

    public static FakeProvider saying(Reply reply) throws IOException {
        return new FakeProvider(reply);
    }

    public static FakeProvider saying(String json) throws IOException {
        return new FakeProvider(Reply.json(200, json));
    }

    public void say(Reply next) {
        reply = next;
    }

    public void say(String json) {
        reply = Reply.json(200, json);
    }

    /** To who wants a code that is typed elsewhere. */
    public void sayToDevices(String json) {
        deviceReply = Reply.json(200, json);
    }

    public void sayToDevices(Reply next) {
        deviceReply = next;
    }

    public URI deviceEndpoint() {
        return endpoint().resolve("/device");
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/token");
    }

    /** Each as the form that was sent. */
    public List<Map<String, String>> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange, Reply reply) {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> form = Stream.of(body.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(
                            pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
            requests.add(form);
            reply.to(exchange, form);
        } catch (IOException _) {
            // whoever asked has gone
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

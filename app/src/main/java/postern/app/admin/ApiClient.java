package postern.app.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks the API. Follows no redirect: the token is for one server. */
final class ApiClient implements AutoCloseable {

    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final Duration TO_ANSWER = Duration.ofSeconds(60);
    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final String token;
    private final HttpClient client;

    ApiClient(URI url, String token, SSLContext tls) {
        this.url = url;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(TO_CONNECT)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    /**
     * What is asked.
     *
     * @param path with what stands behind the question mark
     * @param body null: none
     * @param etag what has been seen, if that matters
     * @param repeatable whether it may get a key
     */
    record Question(
            String method,
            String path,
            @Nullable JsonNode body,
            @Nullable String etag,
            boolean repeatable) {

        static Question get(String path) {
            return new Question("GET", path, null, null, false);
        }
    }

    /** What may be sent again without harm is, once: a connection may break when the work is done. */
    Answer ask(Question question) throws NotReachedException {
        HttpRequest request = request(question);
        boolean harmless = question.repeatable() || question.method().equals("GET");
        try {
            return answer(request);
        } catch (IOException first) {
            if (!harmless) {
                throw new NotReachedException(url, first);
            }
        }
        try {
            return answer(request);
        } catch (IOException again) {
            throw new NotReachedException(url, again);
        }
    }

    private HttpRequest request(Question question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(question.path()))
                .timeout(TO_ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .method(
                        question.method(),
                        question.body() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(question.body().toString()));
        if (question.body() != null) {
            request.header("Content-Type", "application/json");
        }
        if (question.etag() != null) {
            request.header("If-Match", question.etag());
        }
        if (question.repeatable()) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        return request.build();
    }

    private Answer answer(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> answer =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
            return new Answer(answer.statusCode(), answer.headers().firstValue("ETag"), body(answer.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while it waited", e);
        }
    }

    /** Who is not our server may say anything. */
    private static JsonNode body(byte[] bytes) {
        try {
            return bytes.length == 0
                    ? MissingNode.getInstance()
                    : JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}

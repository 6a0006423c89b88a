package postern.credentials.provider;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * HTTP with a provider, of which nothing is believed: an answer has a size, a request has a time and a
 * place among few, TLS is verified, and a redirect is an answer like others, so that no secret follows
 * it. Waits; never call it on an event loop.
 */
final class BoundedHttp implements HTTPRequestSender, AutoCloseable {

    /** A token has up to 16 KiB, and three of them may come in one answer. */
    private static final int MOST_BYTES = 64 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final Semaphore places;

    private BoundedHttp(SSLContext tls, Duration timeout, int atOnce) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .sslContext(tls)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.timeout = timeout;
        this.places = new Semaphore(atOnce, true);
    }

    /**
     * @param timeout of a whole request, from its first byte to the answer's last
     * @param atOnce so many; one more waits as long as for an answer
     */
    static BoundedHttp open(Optional<Path> authorities, Duration timeout, int atOnce) throws IOException {
        return new BoundedHttp(Pem.trusting(authorities), timeout, atOnce);
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        try {
            if (!places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HttpTimeoutException("too many requests are under way already");
            }
            try {
                return answer(request);
            } finally {
                places.release();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is stopping");
        }
    }

    private ReadOnlyHTTPResponse answer(ReadOnlyHTTPRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(translated(request), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return translated(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no whole answer within " + timeout.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest translated(ReadOnlyHTTPRequest request) {
        HttpRequest.Builder built = HttpRequest.newBuilder(request.getURI())
                .method(
                        request.getMethod().name(),
                        request.getBody() == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(request.getBody()));
        request.getHeaderMap().forEach((name, values) -> values.forEach(value -> built.header(name, value)));
        return built.build();
    }

    private static ReadOnlyHTTPResponse translated(HttpResponse<byte[]> answer) {
        HTTPResponse translated = new HTTPResponse(answer.statusCode());
        answer.headers().map().forEach((name, values) -> translated.setHeader(name, values.toArray(String[]::new)));
        translated.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return translated;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

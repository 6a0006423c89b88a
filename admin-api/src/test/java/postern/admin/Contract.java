package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.linecorp.armeria.common.QueryParams;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What openapi.yaml says, held against what was asked and answered. */
final class Contract {

    static final OpenAPI DOCUMENT = read();

    private static final OpenApiInteractionValidator VALIDATOR =
            OpenApiInteractionValidator.createForInlineApiSpecification(ApiDocument.yaml())
                    .withResolveCombinators(true)
                    .build();

    private Contract() {}

    private static OpenAPI read() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(false);
        var parsed = new OpenAPIV3Parser().readContents(ApiDocument.yaml(), List.of(), options);
        assertThat(parsed.getMessages()).as("openapi.yaml").isNullOrEmpty();
        return parsed.getOpenAPI();
    }

    /** Every answer to what is documented is as documented, and what was done was asked for as documented. */
    static void check(HttpRequest request, HttpResponse<String> response) {
        String path = request.uri().getRawPath();
        boolean known = DOCUMENT.getPaths().keySet().stream().anyMatch(documented -> fits(documented, path));
        Method method = method(request.method());
        if (!known || method == null || response.statusCode() == 405 || response.statusCode() == 401) {
            return; // of these, tests ask for what is not documented
        }
        SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.statusCode());
        response.headers().map().forEach(answer::withHeader);
        if (!response.body().isEmpty()) {
            answer.withBody(response.body());
        }
        refuse(VALIDATOR.validateResponse(path, method, answer.build()), request, response);
        if (response.statusCode() < 400) {
            refuse(VALIDATOR.validateRequest(asked(request, method)), request, response);
        }
    }

    private static boolean fits(String documented, String path) {
        return path.matches(documented.replaceAll("\\{[a-z]+}", "[^/:]+"));
    }

    private static @Nullable Method method(String name) {
        return name.equals("HEAD") || name.equals("OPTIONS") || name.equals("TRACE") ? null : Method.valueOf(name);
    }

    private static SimpleRequest asked(HttpRequest request, Method method) {
        SimpleRequest.Builder asked =
                new SimpleRequest.Builder(method, request.uri().getRawPath());
        request.headers().map().forEach(asked::withHeader);
        QueryParams query = QueryParams.fromQueryString(request.uri().getRawQuery());
        query.names().forEach(name -> asked.withQueryParam(name, query.getAll(name)));
        request.bodyPublisher()
                .filter(body -> body.contentLength() > 0)
                .ifPresent(body -> asked.withBody(textOf(body)));
        return asked.build();
    }

    private static String textOf(HttpRequest.BodyPublisher body) {
        BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                text.onNext(List.of(bytes));
            }

            @Override
            public void onError(Throwable failure) {
                text.onError(failure);
            }

            @Override
            public void onComplete() {
                text.onComplete();
            }
        });
        return text.getBody().toCompletableFuture().join();
    }

    private static void refuse(ValidationReport report, HttpRequest request, HttpResponse<String> response) {
        assertThat(report.getMessages())
                .as(request.method() + " " + request.uri() + " → " + response.statusCode() + " " + response.body())
                .isEmpty();
    }
}

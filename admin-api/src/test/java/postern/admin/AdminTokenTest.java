package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.hasTheHeadersOfEveryAnswer;
import static postern.admin.AnswerChecks.problem;
import static postern.admin.RunningAdmin.TOKEN;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.SampleStore;

class AdminTokenTest {

    private static final String ADA = "/v1/users/ada@example.org";
    private static final String ADAS = ADA + "/app-passwords";

    private final RunningAdmin admin = new RunningAdmin(SampleStore.with(SCANNER));

    @AfterEach
    void close() {
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer pst_aTokenThatWasNeverMade012345671w3CUB",
                "Bearer " + TOKEN + "x",
                "Bearer " + SCANNER_SECRET,
                "Basic " + TOKEN,
                TOKEN
            })
    void whoHasNoTokenLearnsNothing(String authorization) throws Exception {
        for (String path : new String[] {ADA, ADAS, "/v1/users/nobody", "/nowhere", "/", "/v1/users/a%22b"}) {
            HttpResponse<String> refused = admin.send(admin.request(path).setHeader("Authorization", authorization));
            problem(refused, 401, "unauthorized");
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        // In HTTP/2 the answer comes before the body was read, and the JDK's client may take that for a broken stream.
        HttpRequest.Builder posted = admin.request("/v1/users")
                .version(HttpClient.Version.HTTP_1_1)
                .setHeader("Authorization", authorization)
                .POST(BodyPublishers.ofString("{"));
        problem(admin.send(posted), 401, "unauthorized");
    }

    @Test
    void theSchemeIsReadInAnyCase() throws Exception {
        assertThat(admin.send(admin.request(ADA).setHeader("Authorization", "bearer " + TOKEN))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBrowserOfAnotherOriginGetsNowhere() throws Exception {
        HttpRequest.Builder preflight = admin.request(ADA)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody());

        problem(admin.send(preflight), 405, "method-not-allowed");
        problem(admin.send(preflight.setHeader("Authorization", "none")), 401, "unauthorized");
    }

    @Test
    void everyAnswerHasAFreshRequestIdAndIsKeptByNobody() throws Exception {
        HttpResponse<String> one = admin.get(ADA);
        HttpResponse<String> other = admin.get(ADA);
        HttpResponse<String> gone = admin.delete(ADAS + "/" + SCANNER.id());

        hasTheHeadersOfEveryAnswer(one);
        hasTheHeadersOfEveryAnswer(gone);
        assertThat(one.headers().firstValue("X-Request-Id"))
                .isNotEqualTo(other.headers().firstValue("X-Request-Id"));
    }
}

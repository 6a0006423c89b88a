package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.AnswerChecks.hasTheHeadersOfEveryAnswer;
import static postern.admin.AnswerChecks.problem;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.SampleStore;

/** Whoever builds a client finds the contract where the API is, without a token. */
class ServedContractTest {

    private final RunningAdmin admin = new RunningAdmin(SampleStore.with());

    @AfterEach
    void close() {
        admin.close();
    }

    private HttpResponse<String> asAStranger(String path) throws Exception {
        return admin.send(admin.request(path).setHeader("Authorization", "none"));
    }

    @Test
    void itIsServedAsItIs() throws Exception {
        HttpResponse<String> served = asAStranger("/v1/openapi.yaml");

        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(served.body()).isEqualTo(ApiDocument.yaml());
        assertThat(served.headers().firstValue("Content-Type")).contains("application/yaml");
        hasTheHeadersOfEveryAnswer(served);
    }

    @Test
    void itIsReadableForPeopleAndLoadsNothing() throws Exception {
        HttpResponse<String> page = asAStranger("/v1/openapi.html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(admin.routes())
                .allSatisfy(route -> assertThat(page.body())
                        .contains("<code>" + route.method() + " " + route.path() + "</code>")
                        .contains("<code>" + route.permission().orElseThrow() + "</code>"));
    }

    @Test
    void nothingElseIsOpen() throws Exception {
        problem(asAStranger("/v1/openapi.json"), 401, "unauthorized");
        problem(asAStranger("/v1/users"), 401, "unauthorized");
    }
}

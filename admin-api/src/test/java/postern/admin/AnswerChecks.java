package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.admin.RunningAdmin.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/** What holds for every answer and every problem. */
final class AnswerChecks {

    private AnswerChecks() {}

    /** Whatever goes wrong, it is told as a problem, and nobody keeps or frames or guesses at it. */
    static JsonNode problem(HttpResponse<String> refused, int status, String code) throws Exception {
        JsonNode problem = json(refused);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("code").textValue()).isEqualTo(code);
        assertThat(problem.path("type").textValue()).isEqualTo("urn:postern:problem:" + code);
        assertThat(problem.path("title").textValue()).isNotBlank();
        assertThat(problem.path("detail").textValue()).contains("(expected: ");
        hasTheHeadersOfEveryAnswer(refused);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.headers().firstValue("X-Request-Id"))
                .contains(problem.path("request_id").textValue());
        return problem;
    }

    static void hasTheHeadersOfEveryAnswer(HttpResponse<?> answer) {
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().map()).doesNotContainKeys("server", "access-control-allow-origin");
    }
}

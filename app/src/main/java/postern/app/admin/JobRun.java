package postern.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import postern.app.admin.ApiClient.Question;

/** Long work: counted, asked about, begun with the number that was agreed to, and watched. */
record JobRun(ApiClient client, Said said, Screen screen) {

    static final List<String> WORDS = List.of("jobs", "begin");

    private static final Set<String> ENDED = Set.of("done", "cancelled", "failed");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    int begin(String path, ObjectNode body) throws NotReachedException {
        if (!body.has("expected")) {
            Answer counted = client.ask(new Question("POST", path + "?validate_only=true", body, null, false));
            if (!counted.isDone()) {
                return Invocation.refused(screen, counted);
            }
            int many = counted.body().path("app_passwords").intValue();
            String loss = many + " app passwords of "
                    + counted.body().path("owners").intValue() + " owners are revoked for good.";
            if (!said.isSaid(Flags.YES) && !screen.confirms(loss)) {
                return ExitCode.WRONG;
            }
            body.put("expected", many);
        } else if (!said.isSaid(Flags.YES)
                && !screen.confirms(said.operation().loss().orElseThrow())) {
            return ExitCode.WRONG;
        }
        Answer begun = client.ask(new Question("POST", path, body, null, true));
        if (!begun.isDone()) {
            return Invocation.refused(screen, begun);
        }
        if (said.isSaid(Flags.WAIT)) {
            return watch(begun.body().path("id").asText());
        }
        screen.show(begun.body());
        return ExitCode.DONE;
    }

    private int watch(String id) throws NotReachedException {
        screen.say(
                "Whoever does not want to wait lets go with Ctrl-C: it goes on, until postern admin jobs cancel " + id);
        Answer answer = client.ask(Question.get("/v1/jobs/" + id));
        long told = -1;
        while (answer.isDone() && !ENDED.contains(state(answer.body()))) {
            long done = answer.body().path("done").longValue();
            if (done != told) {
                screen.say(done + " of " + answer.body().path("total").longValue());
                told = done;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            answer = client.ask(Question.get("/v1/jobs/" + id));
        }
        if (!answer.isDone()) {
            return Invocation.refused(screen, answer);
        }
        screen.show(answer.body());
        boolean whole = state(answer.body()).equals("done")
                && answer.body().path("failed").intValue() == 0;
        return whole ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private static String state(JsonNode job) {
        return job.path("state").asText();
    }
}

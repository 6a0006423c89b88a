package postern.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postern.app.admin.ApiClient.Question;

/** A command being run: asks first where something is lost, looks first where the API wants to know what was seen. */
record Invocation(Operation operation, Said said, Screen screen, Map<String, String> environment) {

    private static final int PAGE = 200;

    int run() {
        try {
            String path = said.path();
            JsonNode body = operation.manners().body() ? said.body() : null;
            Connection connection = said.connection(environment);
            try (ApiClient client = connection.open()) {
                return run(client, path, body);
            }
        } catch (IllegalArgumentException e) {
            screen.say(String.valueOf(e.getMessage()));
            return ExitCode.WRONG;
        } catch (NotReachedException e) {
            screen.say(String.valueOf(e.getMessage()));
            return ExitCode.NOT_REACHED;
        }
    }

    private int run(ApiClient client, String path, @Nullable JsonNode body) throws NotReachedException {
        if (operation.rows().isPresent()) {
            return list(client, path, operation.rows().get());
        } else if (said.isSaid(Flags.DRY_RUN)) {
            return change(client, with(path, "validate_only=true"), body);
        } else if (operation.words().equals(JobRun.WORDS)) {
            return new JobRun(client, said, screen).begin(path, said.body());
        } else if (operation.loss().isPresent() && !said.isSaid(Flags.YES)) {
            if (!screen.confirms(operation.loss().get())) {
                return ExitCode.WRONG;
            }
        }
        return change(client, path, body);
    }

    private static String with(String path, String parameter) {
        return path + (path.contains("?") ? "&" : "?") + parameter;
    }

    private int change(ApiClient client, String path, @Nullable JsonNode body) throws NotReachedException {
        Optional<String> seen = Optional.empty();
        if (operation.manners().etag()) {
            Answer before = client.ask(Question.get(said.place()));
            if (!before.isDone()) {
                return refused(screen, before);
            }
            seen = before.etag();
        }
        boolean repeatable = operation.manners().repeatable();
        return told(client.ask(new Question(operation.method(), path, body, seen.orElse(null), repeatable)));
    }

    private int told(Answer answer) {
        if (!answer.isDone()) {
            return refused(screen, answer);
        }
        if (answer.body().isObject()) {
            screen.show(answer.body());
        } else {
            screen.say(said.isSaid(Flags.DRY_RUN) ? "It could be done." : "Done.");
        }
        return ExitCode.DONE;
    }

    static int refused(Screen screen, Answer answer) {
        screen.say(answer.problem());
        return answer.isStranger() ? ExitCode.NOT_REACHED : ExitCode.REFUSED;
    }

    /** Page by page: of a list of any length there is never more than one in memory. */
    private int list(ApiClient client, String path, String rows) throws NotReachedException {
        long left = limit();
        String token = "";
        do {
            Answer answer = client.ask(Question.get(operation.manners().paged() ? page(path, left, token) : path));
            if (!answer.isDone()) {
                return refused(screen, answer);
            }
            List<JsonNode> shown = new ArrayList<>();
            answer.body().path(rows).forEach(shown::add);
            screen.showRows(shown);
            left -= shown.size();
            token = answer.body().path("next_page_token").asText();
        } while (!token.isEmpty() && left > 0);
        if (!token.isEmpty()) {
            screen.say("There are more.");
        }
        return ExitCode.DONE;
    }

    private static String page(String path, long left, String token) {
        String start = with(path, "page_size=" + Math.min(PAGE, left));
        return token.isEmpty() ? start : with(start, "page_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    private long limit() {
        long limit = said.text(Flags.LIMIT).map(Invocation::number).orElse(Long.MAX_VALUE);
        if (limit < 1) {
            throw new IllegalArgumentException(Flags.LIMIT + ": " + limit + " (expected: 1 or more)");
        }
        return limit;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Flags.LIMIT + ": " + text + " (expected: a whole number)", e);
        }
    }
}

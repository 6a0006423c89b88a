package postern.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/**
 * Where it is all told: on {@code out} nothing but what was asked for, so that a script can read it.
 *
 * @param json whether that is a script
 */
record Screen(PrintWriter out, PrintWriter err, boolean json) {

    void show(JsonNode thing) {
        if (json) {
            out.println(thing);
        } else {
            Table.of(thing).forEach(out::println);
        }
        for (String secret : List.of("secret", "url")) {
            if (thing.path(secret).isTextual()) {
                err.println("The " + secret + " is told this once.");
            }
        }
        out.flush();
    }

    void showRows(List<JsonNode> rows) {
        if (json) {
            rows.forEach(out::println);
        } else {
            Table.of(rows).forEach(out::println);
        }
        out.flush();
    }

    void say(String words) {
        err.println(words);
        err.flush();
    }

    /** False where nobody sits. */
    boolean confirms(String loss) {
        Optional<Console> somebody = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (somebody.isEmpty()) {
            say(loss + "\nNobody is here to be asked (expected: --yes).");
            return false;
        }
        say(loss);
        String answer = somebody.get().readLine("Go on? yes or no: ");
        return "yes".equalsIgnoreCase(answer == null ? "" : answer.strip());
    }
}

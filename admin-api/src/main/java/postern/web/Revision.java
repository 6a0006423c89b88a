package postern.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A change to one thing that nobody makes over another's: the caller has seen the state that it starts from. Runs within the
 * store's transaction; what is only to be checked ends there, and changes nothing.
 *
 * @param json the thing as it is told, by which its state is known
 */
public record Revision<T>(Call call, Function<T, ObjectNode> json) {

    public UnaryOperator<T> of(UnaryOperator<T> change) {
        return before -> {
            Etag.requireSeen(call, json.apply(before));
            T after = changed(change, before);
            if (call.validateOnly()) {
                throw new Checked(new Reply.Json(200, json.apply(after)));
            }
            return after;
        };
    }

    /** What cannot be is the client's mistake. */
    private T changed(UnaryOperator<T> change, T before) {
        try {
            return change.apply(before);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }
}

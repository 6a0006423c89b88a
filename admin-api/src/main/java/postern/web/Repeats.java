package postern.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import postern.credentials.administration.EarlierReplies;
import postern.credentials.administration.EarlierReplies.Known.First;
import postern.credentials.administration.EarlierReplies.Known.Other;
import postern.credentials.administration.EarlierReplies.Known.Pending;
import postern.credentials.administration.EarlierReplies.Known.Told;

/**
 * Makes a POST safe to repeat: who sends the same {@code Idempotency-Key} again, because an answer got lost, hears it again and
 * makes nothing a second time. All but the secret, which was on its way once and is kept nowhere.
 */
public final class Repeats {

    private static final String HEADER = "Idempotency-Key";
    private static final int LONGEST = 255;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EarlierReplies earlier;

    public Repeats(EarlierReplies earlier) {
        this.earlier = earlier;
    }

    Reply answer(Call call, Route route) throws Exception {
        String key = call.headers().get(HEADER);
        if (key == null || route.method() != HttpMethod.POST || call.validateOnly()) {
            return route.handler().handle(call);
        }
        if (key.isEmpty() || key.length() > LONGEST) {
            throw Refusal.malformed(
                    "idempotency-key: " + key.length() + " characters (expected: 1 to " + LONGEST + ")");
        }
        EarlierReplies.Key mine = new EarlierReplies.Key(call.caller().id(), hash(key));
        return switch (earlier.begin(mine, fingerprint(call, route), call.at())) {
            case First _ -> first(mine, call, route);
            case Told(int status, Optional<String> location, String body, Optional<String> secret) ->
                again(status, location, body, secret);
            case Pending _ ->
                throw new Refusal(Problem.REPLY_PENDING
                        .because(
                                "idempotency-key: its first request has no answer yet (expected: wait, and look what there is)")
                        .header("Retry-After", "1"));
            case Other _ ->
                throw new Refusal(Problem.IDEMPOTENCY_KEY_REUSED.because(
                        "idempotency-key: used with another request (expected: a fresh one)"));
        };
    }

    /**
     * What was refused changed nothing, and may be put right and sent with the same key. What failed half-way may have changed
     * something: its key stays taken, and whoever repeats it is told to look.
     */
    private Reply first(EarlierReplies.Key key, Call call, Route route) throws Exception {
        Reply reply;
        try {
            reply = route.handler().handle(call);
        } catch (Refusal refusal) {
            earlier.forget(key);
            throw refusal;
        }
        Optional<Told> told = told(reply);
        if (told.isPresent()) {
            earlier.tell(key, told.get());
        } else {
            earlier.forget(key);
        }
        return reply;
    }

    private static Optional<Told> told(Reply reply) {
        return switch (reply) {
            case Reply.Created(Optional<String> location, ObjectNode body, Optional<Reply.Created.Secret> secret) ->
                Optional.of(new Told(201, location, body.toString(), secret.map(Reply.Created.Secret::member)));
            case Reply.Begun(String location, ObjectNode body) ->
                Optional.of(new Told(202, Optional.of(location), body.toString(), Optional.empty()));
            case Reply.Json(int status, ObjectNode body) ->
                Optional.of(new Told(status, Optional.empty(), body.toString(), Optional.empty()));
            case Reply.Thing _, Reply.Nothing _, Reply.Text _, Reply.Page _, Reply.Refused _ -> Optional.empty();
        };
    }

    private static Reply again(int status, Optional<String> location, String body, Optional<String> secret)
            throws Exception {
        ObjectNode told = (ObjectNode) JSON.readTree(body);
        secret.ifPresent(member -> told.putNull(member).put("secret_already_delivered", true));
        return switch (status) {
            case 201 -> new Reply.Created(location, told, Optional.empty());
            case 202 -> new Reply.Begun(location.orElse(""), told);
            default -> new Reply.Json(status, told);
        };
    }

    /** By all that makes it the request it is. */
    private static String fingerprint(Call call, Route route) {
        return hash(route.path()
                + '\0'
                + call.headers().path()
                + '\0'
                + new String(call.content().array(), StandardCharsets.ISO_8859_1));
    }

    private static String hash(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }
}

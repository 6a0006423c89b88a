package postern.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.QueryParams;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Which part of a list is asked for: so many behind a key. What is added or deleted meanwhile shifts nothing.
 *
 * @param after the key that the page before ended with; empty at the outset
 * @param asked what else stands behind the question mark: another question is another list
 */
public record Page(int size, String after, long asked) {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int DIGEST_BYTES = Long.BYTES;
    private static final int LONGEST_TOKEN = 1_000;

    /** More than there may be is as many as there may be. */
    public static Page of(Call call) {
        int size = call.parameter(Route.PAGE_SIZE, Page::size).orElse(USUAL);
        long asked = digest(call.query());
        String after = call.parameter(Route.PAGE_TOKEN, Function.identity())
                .map(token -> after(token, asked))
                .orElse("");
        return new Page(size, after, asked);
    }

    private static int size(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(Route.PAGE_SIZE + ": no number (expected: 1 to " + MOST + ")");
        }
        return Math.min(Integer.parseInt(text), MOST);
    }

    private static String after(String token, long asked) {
        try {
            byte[] bytes = token.length() > LONGEST_TOKEN
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(token);
            if (bytes.length > DIGEST_BYTES && ByteBuffer.wrap(bytes).getLong() == asked) {
                CharBuffer key = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, DIGEST_BYTES, bytes.length - DIGEST_BYTES));
                return key.toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException _) {
            // told below
        }
        throw notOfThisList();
    }

    private static Refusal notOfThisList() {
        return Refusal.malformed(Route.PAGE_TOKEN
                + ": not of this list (expected: the next_page_token of the page before," + " and the same question)");
    }

    /**
     * The key, in its form; empty at the outset. Who makes a token up hears that it is none.
     */
    public <K> Optional<K> after(Function<String, K> form) {
        try {
            return after.isEmpty() ? Optional.empty() : Optional.of(form.apply(after));
        } catch (IllegalArgumentException _) {
            throw notOfThisList();
        }
    }

    /**
     * The key, where it has two parts; the first of them has no space in it.
     *
     * @param place of both parts
     */
    public <P> P afterBoth(BiFunction<String, String, P> place) {
        int space = after.indexOf(' ');
        return space < 0 ? place.apply("", "") : place.apply(after.substring(0, space), after.substring(space + 1));
    }

    /** One more than fit, to know whether there is another page. */
    public int limit() {
        return size + 1;
    }

    /**
     * The reply.
     *
     * @param rows in order, {@link #limit} of them at most
     * @param key by which the next page goes on behind a row
     */
    public <T> Reply of(String name, List<T> rows, Function<T, String> key, Function<T, ? extends JsonNode> json) {
        List<T> shown = rows.subList(0, Math.min(size, rows.size()));
        ObjectNode body = JsonBody.object();
        ArrayNode list = body.putArray(name);
        shown.forEach(row -> list.add(json.apply(row)));
        body.put("next_page_token", rows.size() > size ? token(key.apply(shown.getLast())) : "");
        return new Reply.Json(200, body);
    }

    private String token(String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(DIGEST_BYTES + text.length).putLong(asked).put(text);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static long digest(QueryParams query) {
        Map<String, List<String>> all = new TreeMap<>();
        query.names().forEach(name -> all.put(name, query.getAll(name)));
        all.remove(Route.PAGE_SIZE);
        all.remove(Route.PAGE_TOKEN);
        try {
            byte[] whole =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(whole).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JRE", e);
        }
    }
}

package postern.proxy.setup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form (application/x-www-form-urlencoded), as bytes: one of them is a secret, which must not become a
 * text that nobody can wipe. Wiped on close.
 */
final class FormFields implements AutoCloseable {

    private static final int HEX = 16;

    private final Map<String, byte[]> values;

    private FormFields(Map<String, byte[]> values) {
        this.values = values;
    }

    /** Wipes the bytes it is given. A field that stands there twice is not there: whoever says two things is not believed. */
    static FormFields read(byte[] body) {
        Map<String, byte[]> values = new HashMap<>();
        Map<String, Integer> times = new HashMap<>();
        int start = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '&') {
                field(Arrays.copyOfRange(body, start, at), values, times);
                start = at + 1;
            }
        }
        Arrays.fill(body, (byte) 0);
        times.values().removeIf(count -> count == 1);
        times.keySet().forEach(name -> wipe(values.remove(name)));
        return new FormFields(values);
    }

    private static void field(byte[] pair, Map<String, byte[]> values, Map<String, Integer> times) {
        int equals = 0;
        while (equals < pair.length && pair[equals] != '=') {
            equals++;
        }
        String name = new String(decoded(Arrays.copyOf(pair, equals)), StandardCharsets.UTF_8);
        byte[] value = decoded(Arrays.copyOfRange(pair, Math.min(equals + 1, pair.length), pair.length));
        Arrays.fill(pair, (byte) 0);
        wipe(values.put(name, value));
        times.merge(name, 1, Integer::sum);
    }

    private static void wipe(byte @Nullable [] value) {
        if (value != null) {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** Wipes what it is given. */
    private static byte[] decoded(byte[] text) {
        byte[] out = new byte[text.length];
        int length = 0;
        for (int at = 0; at < text.length; at++) {
            if (text[at] == '%' && at + 2 < text.length && digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0) {
                out[length++] = (byte) (digit(text[at + 1]) * HEX + digit(text[at + 2]));
                at += 2;
            } else {
                out[length++] = text[at] == '+' ? (byte) ' ' : text[at];
            }
        }
        byte[] all = Arrays.copyOf(out, length);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(out, (byte) 0);
        return all;
    }

    private static int digit(byte c) {
        return Character.digit((char) c, HEX);
    }

    /** What is no secret; empty where it does not stand. */
    String text(String name) {
        byte[] value = values.get(name);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    /** A copy for who wipes it. */
    Optional<byte[]> secret(String name) {
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    @Override
    public void close() {
        values.values().forEach(FormFields::wipe);
    }

    @Override
    public String toString() {
        return "***";
    }
}

package postern.proxy.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands before a body, byte for byte as it was said: nothing is merged, sorted or written in another case.
 *
 * @param start the line before the fields
 */
public record Head(String start, List<Field> fields) {

    public record Field(String name, String value) {}

    /**
     * Of a request or an answer.
     *
     * @param fields names and values in turns
     */
    public static Head of(String start, String... fields) {
        List<Field> all = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.add(new Field(fields[i], fields[i + 1]));
        }
        return new Head(start, List.copyOf(all));
    }

    public Head and(String name, String value) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, value));
        return new Head(start, List.copyOf(more));
    }

    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public boolean says(String name, String value) {
        return all(name).stream().anyMatch(value::equalsIgnoreCase);
    }

    /** Of the line before the fields: its first word is number 0. */
    String word(int which) {
        String[] words = start.split(" ", 3);
        return which < words.length ? words[which] : "";
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}

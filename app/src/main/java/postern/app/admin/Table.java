package postern.app.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON for people. What is empty in all rows has no column; nothing is cut, since one copies from it. */
final class Table {

    private static final String BETWEEN = "  ";

    private Table() {}

    /** Rows that follow each other, with a head. */
    static List<String> of(List<JsonNode> rows) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (JsonNode row : rows) {
            row.properties().forEach(member -> {
                String text = text(member.getValue());
                if (!text.isEmpty()) {
                    int width = Math.max(text.length(), member.getKey().length());
                    widths.merge(member.getKey(), width, Math::max);
                }
            });
        }
        List<String> lines = new ArrayList<>();
        if (!widths.isEmpty()) {
            lines.add(line(widths, name -> name));
        }
        rows.forEach(row -> lines.add(line(widths, name -> text(row.path(name)))));
        return lines;
    }

    private static String line(Map<String, Integer> widths, UnaryOperator<String> cell) {
        return widths.entrySet().stream()
                .map(column -> padded(cell.apply(column.getKey()), column.getValue()))
                .collect(Collectors.joining(BETWEEN))
                .stripTrailing();
    }

    /** One thing: what it has, line by line. */
    static List<String> of(JsonNode thing) {
        int width = thing.properties().stream()
                .mapToInt(member -> member.getKey().length())
                .max()
                .orElse(0);
        return thing.properties().stream()
                .map(member -> (padded(member.getKey(), width) + BETWEEN + text(member.getValue())).stripTrailing())
                .toList();
    }

    /** What a server passes on may have been said by a stranger: no control character reaches a terminal. */
    static String text(JsonNode value) {
        String text;
        if (value.isArray()) {
            text = StreamSupport.stream(value.spliterator(), false)
                    .map(Table::text)
                    .collect(Collectors.joining(","));
        } else if (value.isObject()) {
            text = value.properties().stream()
                    .filter(member -> !text(member.getValue()).isEmpty())
                    .map(member -> member.getKey() + "=" + text(member.getValue()))
                    .collect(Collectors.joining(" "));
        } else {
            text = value.isNull() ? "" : value.asText();
        }
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}

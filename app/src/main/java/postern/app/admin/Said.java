package postern.app.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** What somebody said on the command line, made into what the API is asked. */
record Said(Operation operation, ParseResult line) {

    boolean isSaid(String option) {
        return line.hasMatchedOption(option);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(line.matchedOptionValue(option, null));
    }

    Connection connection(Map<String, String> environment) {
        return Connection.of(
                text(Flags.URL),
                text(Flags.TOKEN_FILE).map(Path::of),
                text(Flags.CA_FILE).map(Path::of),
                environment);
    }

    /** Encoded, with what stands behind the question mark. */
    String path() {
        String path = place();
        String query = operation.queries().stream()
                .filter(member -> isSaid(member.option()))
                .map(member ->
                        member.name() + "=" + encoded(text(member.option()).orElseThrow()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Without what stands behind the question mark. */
    String place() {
        String path = operation.path();
        for (int i = 0; i < operation.places().size(); i++) {
            String value = line.matchedPositionalValue(i, "");
            if (value.isEmpty() || value.equals(".") || value.equals("..")) {
                throw new IllegalArgumentException(operation.places().get(i).name() + ": nothing that could be one");
            }
            path = path.replace("{" + operation.places().get(i).name() + "}", encoded(value));
        }
        return path;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        for (Member member : operation.members()) {
            if (isSaid(member.option())) {
                put(member.within().isEmpty() ? body : body.withObject("/" + member.within()), member);
            }
        }
        return body;
    }

    private void put(ObjectNode object, Member member) {
        switch (member.kind()) {
            case TEXT -> put(object, member, text(member.option()).orElseThrow());
            case NUMBER -> putNumber(object, member, text(member.option()).orElseThrow());
            case YES_OR_NO ->
                object.put(member.name(), yesOrNo(member, text(member.option()).orElseThrow()));
            case LIST -> {
                ArrayNode list = object.putArray(member.name());
                List<String> said = line.matchedOptionValue(member.option(), List.of());
                said.stream().filter(one -> !one.isEmpty()).forEach(list::add);
            }
        }
    }

    private static void put(ObjectNode object, Member member, String text) {
        if (text.isEmpty() && member.nullable()) {
            object.putNull(member.name());
        } else {
            object.put(member.name(), text);
        }
    }

    private static void putNumber(ObjectNode object, Member member, String text) {
        if (text.isEmpty() && member.nullable()) {
            object.putNull(member.name());
        } else {
            object.put(member.name(), number(member, text));
        }
    }

    private static long number(Member member, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(member.option() + ": " + text + " (expected: a whole number)", e);
        }
    }

    private static boolean yesOrNo(Member member, String text) {
        return switch (text) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException(member.option() + ": " + text + " (expected: yes or no)");
        };
    }
}

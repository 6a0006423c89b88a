package postern.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import postern.web.Html;

/** The contract for people to read: what may be asked for, what it needs, and an example of each request. */
final class ApiPage {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private static final String HTML = written();

    private ApiPage() {}

    /** Made once: it is asked for by anybody. */
    static String html() {
        return HTML;
    }

    private static String written() {
        JsonNode document = read();
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(text(document.at("/info/title")))
                .append("</title></head>\n<body><main><h1>")
                .append(text(document.at("/info/title")))
                .append("</h1><p>")
                .append(text(document.at("/info/description")))
                .append("</p><p><a href=\"openapi.yaml\">openapi.yaml</a></p>\n");
        for (JsonNode tag : document.path("tags")) {
            page.append("<h2>").append(text(tag.path("name"))).append("</h2><p>");
            page.append(text(tag.path("description"))).append("</p>\n");
            append(page, document, tag.path("name").textValue());
        }
        return page.append("</main></body></html>\n").toString();
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(ApiDocument.yaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(StringBuilder page, JsonNode document, String tag) {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())
                        && method.getValue().at("/tags/0").asText().equals(tag)) {
                    append(page, method.getKey(), path.getKey(), resolved(document, method.getValue(), "requestBody"));
                    page.append("<p>")
                            .append(text(method.getValue().path("summary")))
                            .append(needs(method.getValue().path("x-permission")))
                            .append("</p>\n");
                }
            }
        }
    }

    private static String needs(JsonNode permission) {
        return permission.isMissingNode() ? ". Needs no token." : ". Needs <code>" + text(permission) + "</code>.";
    }

    private static void append(StringBuilder page, String method, String path, JsonNode body) {
        page.append("<h3><code>")
                .append(Html.escaped(method.toUpperCase(Locale.ROOT) + " " + path))
                .append("</code></h3>\n");
        String examples = body.at("/content/application~1json/examples").properties().stream()
                .map(example -> Html.escaped(example.getValue().path("value").toString()))
                .collect(Collectors.joining("\n"));
        if (!examples.isEmpty()) {
            page.append("<pre>").append(examples).append("</pre>\n");
        }
    }

    private static JsonNode resolved(JsonNode document, JsonNode operation, String member) {
        JsonNode node = operation.path(member);
        return node.has("$ref") ? document.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private static String text(JsonNode node) {
        return Html.escaped(node.asText());
    }
}

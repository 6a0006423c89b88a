package postern.app.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import postern.admin.ApiDocument;
import postern.app.admin.Member.Kind;
import postern.app.admin.Operation.Manners;

/** openapi.yaml, read for what commands need of it. */
final class Contract {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PAGE_TOKEN = "page_token";
    private static final String VALIDATE_ONLY = "validate_only";

    /** These are followed, sent and counted without being asked for. */
    private static final Set<String> OURS = Set.of(PAGE_TOKEN, "page_size", VALIDATE_ONLY);

    private final JsonNode document;

    private Contract(JsonNode document) {
        this.document = document;
    }

    static List<Operation> operations() {
        try {
            return new Contract(new YAMLMapper().readTree(ApiDocument.yaml())).all();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.yaml is one of ours", e);
        }
    }

    private List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    all.add(operation(path.getKey(), path.getValue(), method.getKey(), method.getValue()));
                }
            }
        }
        return all;
    }

    private Operation operation(String path, JsonNode item, String method, JsonNode operation) {
        List<JsonNode> parameters = Stream.of(item, operation)
                .flatMap(node -> stream(node.path("parameters")))
                .map(this::resolved)
                .toList();
        JsonNode content = resolved(operation.path("requestBody")).path("content");
        Set<String> names = new HashSet<>();
        parameters.forEach(parameter -> names.add(parameter.path("name").asText()));
        return new Operation(
                List.of(operation.path("x-command").asText().split(" ", -1)),
                about(operation.at("/tags/0").asText()),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asText(),
                Optional.ofNullable(operation.path("x-confirm").textValue()),
                members(parameters, "path"),
                members(parameters, "query"),
                members(resolved(content.path("application/json").path("schema")), ""),
                new Manners(
                        !content.isMissingNode(),
                        names.contains(VALIDATE_ONLY),
                        names.contains("If-Match"),
                        names.contains("Idempotency-Key"),
                        names.contains(PAGE_TOKEN)),
                rows(operation));
    }

    private String about(String tag) {
        return stream(document.path("tags"))
                .filter(one -> one.path("name").asText().equals(tag))
                .map(one -> one.path("description").asText())
                .findFirst()
                .orElse("");
    }

    private List<Member> members(List<JsonNode> parameters, String in) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .filter(parameter -> !OURS.contains(parameter.path("name").asText()))
                .map(parameter -> {
                    JsonNode schema = resolved(parameter.path("schema"));
                    return new Member(
                            "",
                            parameter.path("name").asText(),
                            in.equals("query") ? Kind.TEXT : kind(schema),
                            parameter.path("required").asBoolean(),
                            false,
                            description(parameter, schema));
                })
                .toList();
    }

    /** What stands in an object of the body is said as if it stood in the body: no two have one name. */
    private List<Member> members(JsonNode schema, String within) {
        Set<String> required = new HashSet<>();
        stream(schema.path("required")).forEach(name -> required.add(name.asText()));
        List<Member> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode value = resolved(property.getValue());
            if (types(value).contains("object")) {
                all.addAll(members(value, property.getKey()));
            } else {
                all.add(new Member(
                        within,
                        property.getKey(),
                        kind(value),
                        within.isEmpty() && required.contains(property.getKey()),
                        types(value).contains("null"),
                        description(property.getValue(), value)));
            }
        }
        return all;
    }

    private Optional<String> rows(JsonNode operation) {
        JsonNode schema = resolved(operation.at("/responses/200/content/application~1json/schema"));
        List<String> lists = new ArrayList<>();
        List<String> others = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            boolean isList = types(resolved(property.getValue())).contains("array");
            (isList ? lists : others).add(property.getKey());
        });
        others.remove("next_page_token");
        return lists.size() == 1 && others.isEmpty() ? Optional.of(lists.getFirst()) : Optional.empty();
    }

    private static String description(JsonNode said, JsonNode schema) {
        String words =
                said.path("description").asText(schema.path("description").asText());
        String choices = String.join(
                ", ",
                Stream.of(schema, schema.path("items"))
                        .flatMap(node -> stream(node.path("enum")))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .toList());
        return choices.isEmpty() ? words : (words + " One of " + choices + ".").strip();
    }

    private static Kind kind(JsonNode schema) {
        Set<String> types = types(schema);
        if (types.contains("array")) {
            return Kind.LIST;
        } else if (types.contains("boolean")) {
            return Kind.YES_OR_NO;
        }
        return types.contains("integer") ? Kind.NUMBER : Kind.TEXT;
    }

    private static Set<String> types(JsonNode schema) {
        Set<String> types = new HashSet<>();
        JsonNode type = schema.path("type");
        types.add(type.asText());
        stream(type).forEach(one -> types.add(one.asText()));
        return types;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}

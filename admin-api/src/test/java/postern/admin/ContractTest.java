package postern.admin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import postern.credentials.Permission;
import postern.credentials.SampleStore;
import postern.web.Route;

/** The document and the code name the same things: nothing is undocumented, and nothing is not there. */
class ContractTest {

    private static RunningAdmin admin;

    @BeforeAll
    static void open() {
        admin = new RunningAdmin(SampleStore.with());
    }

    @AfterAll
    static void close() {
        admin.close();
    }

    private static Map<String, Operation> documented() {
        Map<String, Operation> all = new TreeMap<>();
        Contract.DOCUMENT
                .getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> all.put(method + " " + path, operation)));
        return all;
    }

    private static Map<String, Route> built() {
        return Stream.concat(admin.routes().stream(), admin.openRoutes().stream())
                .collect(Collectors.toMap(ContractTest::name, route -> route, (a, _) -> a, TreeMap::new));
    }

    private static Route built(String name) {
        return requireNonNull(built().get(name), name);
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    @Test
    void everythingIsBuiltAndDocumented() {
        assertThat(built().keySet()).isEqualTo(documented().keySet());
    }

    @Test
    void eachOperationSaysWhichPermissionItNeeds() {
        documented().forEach((name, operation) -> {
            Optional<Permission> needed = built(name).permission();
            assertThat(Optional.ofNullable(operation.getExtensions().get("x-permission")))
                    .as(name)
                    .isEqualTo(needed.map(Permission::toString));
            assertThat(operation.getSecurity() != null
                            && operation.getSecurity().isEmpty())
                    .as(name)
                    .isEqualTo(needed.isEmpty());
        });
    }

    @Test
    void eachOperationTakesTheParametersThatItSays() {
        documented()
                .forEach((name, operation) -> assertThat(queriesOf(name, operation))
                        .as(name)
                        .isEqualTo(new TreeSet<>(built(name).queries())));
    }

    private static Set<String> queriesOf(String name, Operation operation) {
        PathItem item = requireNonNull(Contract.DOCUMENT.getPaths().get(name.substring(name.indexOf(' ') + 1)));
        return Stream.of(item.getParameters(), operation.getParameters())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .map(ContractTest::resolved)
                .filter(parameter -> parameter.getIn().equals("query"))
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Parameter resolved(Parameter parameter) {
        String reference = parameter.get$ref();
        return reference == null
                ? parameter
                : requireNonNull(Contract.DOCUMENT
                        .getComponents()
                        .getParameters()
                        .get(reference.substring(reference.lastIndexOf('/') + 1)));
    }

    @Test
    void eachBodyHasAnExample() {
        documented().forEach((name, operation) -> {
            if (operation.getRequestBody() != null && operation.getRequestBody().get$ref() == null) {
                hasExamples(name, operation.getRequestBody().getContent());
            }
            operation.getResponses().values().stream()
                    .filter(response -> response.get$ref() == null && response.getContent() != null)
                    .forEach(response -> hasExamples(name, response.getContent()));
        });
        Contract.DOCUMENT.getComponents().getResponses().forEach((name, response) -> {
            if (response.getContent() != null) {
                hasExamples(name, response.getContent());
            }
        });
    }

    private static void hasExamples(String name, Content content) {
        content.forEach((type, media) ->
                assertThat(media.getExamples()).as(name + " " + type).isNotEmpty());
    }

    @Test
    void operationsGoByNamesOfTheirOwn() {
        assertThat(documented().values().stream().map(Operation::getOperationId))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }
}

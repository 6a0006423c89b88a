package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import postern.credentials.Permission;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.web.Route;

/** docs/roles.md is what the code says, and is written by nobody: on a difference, take what this test expects. */
class RolesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "roles.md");

    @Test
    void thePageSaysWhoMayDoWhat() throws Exception {
        try (RunningAdmin admin = new RunningAdmin(SampleStore.with())) {
            assertThat(Files.readString(PAGE)).isEqualTo(page(admin.routes()));
        }
    }

    private static String page(List<Route> routes) {
        StringBuilder page = new StringBuilder("""
                # Who may do what over the admin API

                A token has a role, and may do what is marked for it, or the part of it that its scopes name; one for automation does exactly what
                its scopes name. Nobody acts on a person whose role is above their own (owner, administrator, the others), and only who has
                `roles:write` says who has which. What is not listed, nobody may.

                """);
        page.append("| permission | ")
                .append(Arrays.stream(Role.values()).map(Role::toString).collect(Collectors.joining(" | ")))
                .append(" | opens |\n|---|")
                .append("---|".repeat(Role.values().length + 1))
                .append('\n');
        for (Permission permission : Permission.values()) {
            String opened = opened(routes, permission);
            if (!opened.isEmpty()) {
                page.append("| `").append(permission).append("` | ");
                for (Role role : Role.values()) {
                    page.append(role.permissions().contains(permission) ? "yes | " : "| ");
                }
                page.append(opened).append(" |\n");
            }
        }
        return page.toString();
    }

    private static String opened(List<Route> routes, Permission permission) {
        String opened = routes.stream()
                .filter(route -> route.permission().filter(permission::equals).isPresent())
                .map(route -> "`" + route.method() + " " + route.path() + "`")
                .collect(Collectors.joining(", "));
        return permission == Permission.ROLES_WRITE ? "`role` of `PATCH /v1/users/{login}`" : opened;
    }
}

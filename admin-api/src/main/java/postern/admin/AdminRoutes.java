package postern.admin;

import java.util.List;
import java.util.stream.Stream;
import postern.web.Route;

/** The list of what an administrator may do. */
final class AdminRoutes {

    private AdminRoutes() {}

    static List<Route> of(Domain domain) {
        People people = new People(domain.accounts());
        return Stream.of(
                        new UserRoutes(domain.accounts(), people).all(),
                        new AppPasswordRoutes(people, domain.credentials(), domain.issuer(), domain.changes()).all(),
                        new PolicyRoutes(people, domain.policies(), domain.policy()).all(),
                        new GrantRoutes(people, domain.vault(), domain.consents()).all())
                .flatMap(List::stream)
                .toList();
    }
}

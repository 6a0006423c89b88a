package postern.proxy.upstream;

import java.util.Map;
import java.util.Optional;
import postern.config.RouteSettings;
import postern.config.RouteSettings.Route;

/** Which upstream somebody's mailbox is on. */
public record Routes(Map<String, Upstream> upstreams, RouteSettings settings) {

    public Optional<Upstream> of(Errand errand) {
        return settings.route(
                        errand.person().value(),
                        errand.group(),
                        errand.mailbox().domain())
                .map(Route::upstream)
                .map(upstreams::get);
    }
}

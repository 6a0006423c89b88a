package postern.proxy.upstream;

import java.util.Map;
import java.util.Optional;
import postern.config.RouteSettings;
import postern.credentials.LoginName;

/** Which upstream a person's mailbox is on: their domain's, else the default. */
public record Routes(Map<String, Upstream> upstreams, RouteSettings settings) {

    public Optional<Upstream> of(LoginName mailbox) {
        return Optional.ofNullable(settings.domains().get(mailbox.domain()))
                .or(settings::defaultUpstream)
                .map(upstreams::get);
    }
}

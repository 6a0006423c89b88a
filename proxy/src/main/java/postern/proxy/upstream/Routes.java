package postern.proxy.upstream;

import java.util.Map;
import java.util.Optional;
import postern.config.RouteSettings;
import postern.credentials.LoginName;

/** Which upstream a person's mailbox is on: their domain's, else the default. */
public record Routes(Map<String, Upstream> upstreams, RouteSettings settings) {

    public Optional<Upstream> of(LoginName mailbox) {
        return settings.upstreamOf(mailbox.domain()).map(upstreams::get);
    }
}

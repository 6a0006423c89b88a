package postern.admin;

import static postern.credentials.Permission.KEYS_READ;
import static postern.credentials.Permission.SYSTEM_READ;
import static postern.web.Route.get;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import postern.admin.Domain.Host;
import postern.credentials.KeyList;
import postern.credentials.StoreUnavailableException;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Reply;
import postern.web.Route;

/** What this node is, and which keys it has. */
final class HostRoutes {

    private final Host host;

    HostRoutes(Host host) {
        this.host = host;
    }

    List<Route> all() {
        return List.of(get("/v1/keys", KEYS_READ, this::keys), get("/v1/system", SYSTEM_READ, this::system));
    }

    private Reply keys(Call call) throws IOException, StoreUnavailableException {
        ObjectNode body = JsonBody.object();
        ArrayNode list = body.putArray("keys");
        for (KeyList.Listed key : host.keys().all()) {
            list.add(Json.object()
                    .put("ring", key.ring().toString())
                    .put("id", key.id().value())
                    .put("active", key.active())
                    .put("uses", key.uses()));
        }
        return new Reply.Json(200, body);
    }

    private Reply system(Call call) {
        return new Reply.Json(
                200,
                Json.object()
                        .put("version", host.version())
                        .put("node", host.node())
                        .put("store", host.store())
                        .put("started_at", Json.time(host.startedAt())));
    }
}

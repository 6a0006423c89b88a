package postern.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.grant.Grant;
import postern.credentials.grant.Trouble;
import postern.credentials.provider.ProviderWords;
import postern.web.JsonBody;

/** How it stands with grants, as the API tells it. */
final class GrantJson {

    private GrantJson() {}

    static ObjectNode of(List<Grant> grants, Instant at) {
        ObjectNode body = JsonBody.object();
        ArrayNode list = body.putArray("grants");
        grants.forEach(grant -> list.add(of(grant, at)));
        return body;
    }

    static ObjectNode of(Grant grant, Instant at) {
        ObjectNode json = JsonBody.object()
                .put("id", grant.id().value())
                .put("mailbox", grant.owner().value())
                .put("upstream", grant.upstream())
                .put("kind", lower(grant.kind()))
                .put("state", lower(grant.state()))
                .put("created_at", grant.createdAt().toString())
                .put("refreshed_at", text(grant.refreshedAt()))
                .put("expires_at", text(grant.expiresAt()))
                .put("days_left", grant.daysLeft(at).orElse(null));
        json.set("trouble", grant.trouble().map(GrantJson::of).orElse(null));
        return json;
    }

    static ObjectNode of(Link link) {
        return JsonBody.object()
                .put("mailbox", link.owner().value())
                .put("expires_at", link.endsAt().toString());
    }

    private static ObjectNode of(Trouble trouble) {
        Optional<ProviderWords> known = ProviderWords.of(trouble);
        return JsonBody.object()
                .put("code", trouble.code())
                .put("words", trouble.words())
                .put("cause", known.map(ProviderWords::cause).orElse(null))
                .put("cure", known.map(ProviderWords::cure).orElse(null))
                .put("at", trouble.at().toString());
    }

    private static @Nullable String text(Optional<Instant> at) {
        return at.map(Instant::toString).orElse(null);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}

package postern.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Device;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.LastUse;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LoginName;
import postern.credentials.Scope;
import postern.credentials.StoreUnavailableException;

/** An account, its app passwords and where it logs in from, as lines of JSON. Nothing in them helps to guess a secret. */
final class PersonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PersonLines() {}

    static List<String> of(Account account, Stores stores) throws StoreUnavailableException {
        List<String> lines = new ArrayList<>();
        lines.add(line(json(account, stores.accounts().aliases(account.loginName()))));
        Map<AppPasswordId, LastUse> lastUses = stores.credentials().lastUses(account.loginName());
        for (AppPassword one : stores.credentials().of(account.loginName())) {
            lines.add(line(json(one, Optional.ofNullable(lastUses.get(one.id())))));
        }
        for (LegacyTlsNeed need : stores.legacyTls().needs(account.loginName())) {
            lines.add(line(json(need)));
        }
        stores.familiarSources()
                .of(account.loginName())
                .forEach((network, seenAt) -> lines.add(line(JSON.createObjectNode()
                        .put("kind", "familiar_source")
                        .put("network", network.toString())
                        .put("seen_at", seenAt.toString()))));
        return lines;
    }

    private static ObjectNode json(Account account, Collection<LoginName> aliases) {
        ObjectNode line = JSON.createObjectNode()
                .put("kind", "account")
                .put("login_name", account.loginName().value());
        put(line, "aliases", aliases.stream().map(LoginName::value).sorted().toList());
        switch (account.holder()) {
            case Person(boolean secondStep) -> line.put("second_step", secondStep);
            case Device(String ownerGroup) -> line.put("owner_group", ownerGroup);
        }
        return line.put("enabled", account.enabled())
                .put("mailbox", account.mailbox().value())
                .put("created_at", account.createdAt().toString());
    }

    private static ObjectNode json(AppPassword one, Optional<LastUse> lastUse) {
        Scope scope = one.scope();
        ObjectNode line = JSON.createObjectNode()
                .put("kind", "app_password")
                .put("id", one.id().value())
                .put("name", one.name())
                .put("created_at", one.createdAt().toString())
                .put("suspended", one.suspended());
        put(line, "protocols", scope.protocols());
        put(line, "networks", scope.networks());
        scope.notBefore().ifPresent(at -> line.put("not_before", at.toString()));
        scope.expiresAt().ifPresent(at -> line.put("expires_at", at.toString()));
        scope.pin().device().ifPresent(device -> line.put("pinned_device", device));
        lastUse.ifPresent(use -> line.put("last_used_at", use.at().toString())
                .put("last_used_by", use.protocol().toString())
                .put("last_used_from", use.client().getHostAddress())
                .put("last_used_with", use.device().orElse(null)));
        return line;
    }

    private static ObjectNode json(LegacyTlsNeed need) {
        return JSON.createObjectNode()
                .put("kind", "legacy_tls_use")
                .put("app_password", need.appPassword().value())
                .put("listener", need.last().listener())
                .put("version", need.last().version())
                .put("device", need.last().device().orElse(null))
                .put("last_used_at", need.last().at().toString())
                .put("times", need.times());
    }

    private static void put(ObjectNode line, String field, Collection<?> texts) {
        ArrayNode list = line.putArray(field);
        texts.stream().map(Object::toString).sorted().forEach(list::add);
    }

    private static String line(ObjectNode line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}

package postern.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Account;
import postern.credentials.Account.Holder.Device;
import postern.credentials.Account.Holder.Person;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.HoldKind;
import postern.credentials.LastUse;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LoginName;
import postern.credentials.PolicySubject;
import postern.credentials.Scope;
import postern.credentials.Sending;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokenRecord;
import postern.credentials.board.Session;
import postern.credentials.board.SessionFilter;
import postern.credentials.board.Sessions;
import postern.credentials.board.Sessions.Listed;
import postern.credentials.board.Sessions.Place;
import postern.credentials.grant.Grant;
import postern.credentials.store.KeptOfPerson;

/**
 * An account, its app passwords, what it has sent, where it logs in from, and what is said of it, as lines of JSON.
 * Nothing in them helps to guess a secret.
 */
final class PersonLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As long as counts are kept, and a day more. */
    private static final int DAYS_OF_SENDING = 8;

    private PersonLines() {}

    static List<String> of(Account account, Stores stores) throws StoreUnavailableException {
        List<String> lines = new ArrayList<>();
        lines.add(line(json(account, stores.accounts().aliases(account.loginName()))));
        Map<AppPasswordId, LastUse> lastUses = stores.credentials().lastUses(account.loginName());
        for (AppPassword one : stores.credentials().of(account.loginName())) {
            lines.add(line(json(one, Optional.ofNullable(lastUses.get(one.id())))));
            lines.addAll(sent(one, stores.sending()));
        }
        for (LegacyTlsNeed need : stores.legacyTls().needs(account.loginName())) {
            lines.add(line(json(need)));
        }
        for (DeviceSeen one : stores.deviceUses().of(account.loginName())) {
            lines.add(line(json(one)));
        }
        lines.addAll(sessions(account, stores.sessionBoard()));
        stores.familiarSources()
                .of(account.loginName())
                .forEach((network, seenAt) -> lines.add(line(JSON.createObjectNode()
                        .put("kind", "familiar_source")
                        .put("network", network.toString())
                        .put("seen_at", seenAt.toString()))));
        stores.kept().revoked(account.loginName()).forEach(one -> lines.add(line(json(one))));
        stores.kept().jobs(account.loginName()).forEach(one -> lines.add(line(json(one))));
        stores.kept().grants(account.loginName()).forEach(one -> lines.add(line(json(one))));
        stores.kept().madeTokens(account.loginName()).forEach(one -> lines.add(line(json(one))));
        lines.addAll(said(account, stores));
        return lines;
    }

    /** By administrators, and by the lockout. */
    private static List<String> said(Account account, Stores stores) throws StoreUnavailableException {
        List<String> lines = new ArrayList<>();
        stores.policies()
                .rules(new PolicySubject.One(account.loginName()))
                .ifPresent(rules -> lines.add(
                        line(JSON.createObjectNode().put("kind", "policy").put("rules", rules.toString()))));
        Set<String> names = new HashSet<>();
        names.add(account.loginName().value());
        stores.accounts().aliases(account.loginName()).forEach(alias -> names.add(alias.value()));
        stores.holds().lasting(InstantSource.system().instant()).stream()
                .filter(hold -> hold.held().kind() != HoldKind.SOURCE
                        && names.contains(hold.held().subject()))
                .forEach(hold -> lines.add(line(JSON.createObjectNode()
                        .put("kind", "hold")
                        .put("of", hold.held().kind().toString())
                        .put("login_name", hold.held().subject())
                        .put("until", hold.until().toString())
                        .put("times", hold.times()))));
        return lines;
    }

    private static List<String> sessions(Account account, Sessions board) throws StoreUnavailableException {
        List<String> lines = new ArrayList<>();
        SessionFilter theirs = SessionFilter.ALL.withName(account.loginName());
        Instant now = InstantSource.system().instant();
        List<Listed> page = board.page(theirs, Place.BEFORE_ALL, Sessions.MOST, now);
        while (!page.isEmpty()) {
            page.forEach(one -> lines.add(line(json(one))));
            page = board.page(theirs, page.getLast().place(), Sessions.MOST, now);
        }
        return lines;
    }

    /** Of the days that are kept, those with any. */
    private static List<String> sent(AppPassword one, SendingStore sending) throws StoreUnavailableException {
        List<String> lines = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
        for (LocalDate day = today.minusDays(DAYS_OF_SENDING); !day.isAfter(today); day = day.plusDays(1)) {
            Sent some = sending.on(day.toEpochDay(), one.id());
            if (!some.equals(Sent.NOTHING)) {
                lines.add(line(JSON.createObjectNode()
                        .put("kind", "sent")
                        .put("app_password", one.id().value())
                        .put("day", day.toString())
                        .put("messages", some.messages())
                        .put("recipients", some.recipients())));
            }
        }
        return lines;
    }

    private static ObjectNode json(Listed one) {
        Session session = one.session();
        return JSON.createObjectNode()
                .put("kind", "session")
                .put("id", session.id().value())
                .put("node", one.node())
                .put("app_password", session.appPassword().value())
                .put("protocol", session.protocol().toString())
                .put("client", session.client().getHostAddress())
                .put("device", session.device().orElse(null))
                .put("tls", session.tls().orElse(null))
                .put("since", session.since().toString());
    }

    private static ObjectNode json(KeptOfPerson.Revoked one) {
        return JSON.createObjectNode()
                .put("kind", "revoked_app_password")
                .put("id", one.id().value())
                .put("name", one.name())
                .put("created_at", one.createdAt().toString())
                .put("revoked_at", one.revokedAt().toString());
    }

    private static ObjectNode json(ApiTokenRecord made) {
        return JSON.createObjectNode()
                .put("kind", "api_token_made")
                .put("id", made.id().value())
                .put("name", made.name())
                .put("role", made.role().toString())
                .put("created_at", made.createdAt().toString());
    }

    private static ObjectNode json(KeptOfPerson.OfJob one) {
        return JSON.createObjectNode()
                .put("kind", "job_result")
                .put("job", one.job().value())
                .put("app_password", one.result().appPassword().value())
                .put("outcome", one.result().outcome().toString());
    }

    private static ObjectNode json(Grant grant) {
        ObjectNode line = JSON.createObjectNode()
                .put("kind", "grant")
                .put("id", grant.id().value())
                .put("upstream", grant.upstream())
                .put("of", lower(grant.kind()))
                .put("state", lower(grant.state()))
                .put("created_at", grant.createdAt().toString());
        grant.refreshedAt().ifPresent(at -> line.put("refreshed_at", at.toString()));
        grant.expiresAt().ifPresent(at -> line.put("expires_at", at.toString()));
        grant.trouble()
                .ifPresent(why ->
                        line.put("failed_at", why.at().toString()).put("failure", why.code() + " " + why.words()));
        return line;
    }

    private static String lower(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(Account account, Collection<LoginName> aliases) {
        ObjectNode line = JSON.createObjectNode()
                .put("kind", "account")
                .put("login_name", account.loginName().value());
        put(line, "aliases", aliases.stream().map(LoginName::value).sorted().toList());
        switch (account.holder()) {
            case Person person -> {
                line.put("second_step", person.secondStep());
                person.group().ifPresent(group -> line.put("group", group));
            }
            case Device(String ownerGroup) -> line.put("owner_group", ownerGroup);
        }
        account.role().ifPresent(role -> line.put("role", role.toString()));
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
        Sending sending = scope.sending();
        sending.messagesPerDay().ifPresent(most -> line.put("messages_per_day", most));
        sending.recipientsPerDay().ifPresent(most -> line.put("recipients_per_day", most));
        put(line, "senders", sending.senders());
        line.put("device_pin", scope.pin().mode().toString());
        scope.pin().device().ifPresent(device -> line.put("pinned_device", device));
        lastUse.ifPresent(use -> line.put("last_used_at", use.at().toString())
                .put("last_used_by", use.protocol().toString())
                .put(
                        "last_used_from",
                        use.client().map(InetAddress::getHostAddress).orElse(null))
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

    private static ObjectNode json(DeviceSeen one) {
        return JSON.createObjectNode()
                .put("kind", "device_use")
                .put("app_password", one.appPassword().value())
                .put("protocol", one.protocol().toString())
                .put("device", one.last().shown())
                .put("speaks", one.last().speaks().orElse(null))
                .put("first_at", one.first().toString())
                .put("last_at", one.last().at().toString());
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

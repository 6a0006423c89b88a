package postern.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import postern.credentials.AppPassword;
import postern.credentials.DevicePin;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.Sending;
import postern.credentials.SourceNetwork;
import postern.credentials.issue.Order;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Refusal;

/** What an app password is good for, as the API reads and writes it. */
final class ScopeJson {

    private static final int MOST_LISTED = 40;
    private static final int MOST_A_DAY = 1_000_000;

    private static final String[] MEMBERS = {
        "name",
        "protocols",
        "networks",
        "not_before",
        "expires_at",
        "messages_per_day",
        "recipients_per_day",
        "senders",
        "pin"
    };

    private ScopeJson() {}

    static ObjectNode of(Scope scope) {
        ObjectNode json = Json.object();
        json.set("protocols", Json.sorted(scope.protocols()));
        json.set("networks", Json.list(scope.networks()));
        json.put("not_before", Json.text(scope.notBefore()))
                .put("expires_at", Json.text(scope.expiresAt()))
                .put("messages_per_day", Json.number(scope.sending().messagesPerDay()))
                .put("recipients_per_day", Json.number(scope.sending().recipientsPerDay()));
        json.set(
                "senders",
                Json.sorted(
                        scope.sending().senders().stream().map(LoginName::value).toList()));
        return json.put("pin", scope.pin().mode().toString())
                .put("pinned_device", scope.pin().device().orElse(null));
    }

    static Order order(LoginName owner, Call call) {
        JsonBody body = call.body(MEMBERS);
        Order order = Order.of(owner, body.text("name"))
                .withNetworks(networks(body).orElse(List.of()))
                .withNotBefore(time(body, "not_before"))
                .withExpiresAt(time(body, "expires_at"))
                .withSending(sending(body, Sending.UNLIMITED))
                .withPin(pin(body).orElse(DevicePin.Mode.OFF));
        return protocols(body).map(order::withProtocols).orElse(order);
    }

    /** All that can be changed of one that is there. */
    static JsonBody changes(Call call) {
        return call.body(
                Stream.concat(Stream.of("suspended"), Arrays.stream(MEMBERS)).toArray(String[]::new));
    }

    static UnaryOperator<AppPassword> change(JsonBody body, Instant now) {
        return before -> {
            AppPassword named = before.withName(body.optionalText("name").orElse(before.name()))
                    .withScope(scope -> scope(body, scope));
            boolean suspended = body.flag("suspended").orElse(before.suspended());
            if (suspended == before.suspended()) {
                return named;
            }
            return suspended ? named.suspend() : named.resume(now);
        };
    }

    private static Scope scope(JsonBody body, Scope before) {
        return before.withProtocols(protocols(body).orElse(before.protocols()))
                .withNetworks(body.names("networks") ? networks(body).orElse(List.of()) : before.networks())
                .withNotBefore(body.names("not_before") ? time(body, "not_before") : before.notBefore())
                .withExpiresAt(body.names("expires_at") ? time(body, "expires_at") : before.expiresAt())
                .withSending(sending(body, before.sending()))
                .withPin(pin(body).map(mode -> pin(mode, before.pin())).orElse(before.pin()));
    }

    /** Which device it is stays known, unless nobody asks for that any more. */
    private static DevicePin pin(DevicePin.Mode mode, DevicePin before) {
        return mode == DevicePin.Mode.OFF ? DevicePin.OFF : new DevicePin(mode, before.device());
    }

    private static Optional<Set<Protocol>> protocols(JsonBody body) {
        return body.list("protocols", MOST_LISTED, Protocol::parse).map(Set::copyOf);
    }

    private static Optional<List<SourceNetwork>> networks(JsonBody body) {
        return body.list("networks", MOST_LISTED, SourceNetwork::parse);
    }

    /** To the millisecond, so that what is told now is what is listed later. */
    private static Optional<Instant> time(JsonBody body, String property) {
        return body.instant(property).map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    }

    private static Sending sending(JsonBody body, Sending before) {
        return new Sending(
                number(body, "messages_per_day", before.messagesPerDay()),
                number(body, "recipients_per_day", before.recipientsPerDay()),
                body.names("senders")
                        ? body.list("senders", MOST_LISTED, LoginName::new)
                                .map(Set::copyOf)
                                .orElse(Set.of())
                        : before.senders());
    }

    private static OptionalInt number(JsonBody body, String property, OptionalInt before) {
        return body.names(property) ? body.number(property, 0, MOST_A_DAY) : before;
    }

    private static Optional<DevicePin.Mode> pin(JsonBody body) {
        return body.optionalText("pin").map(word("pin", DevicePin.Mode.values()));
    }

    /** One of these, as it prints. */
    static <E extends Enum<E>> Function<String, E> word(String what, E[] words) {
        return text -> Arrays.stream(words)
                .filter(word -> word.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> Refusal.malformed(what + ": unknown (expected: "
                        + String.join(
                                ", ", Arrays.stream(words).map(Enum::toString).toList()) + ")"));
    }
}

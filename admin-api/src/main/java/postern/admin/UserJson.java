package postern.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import postern.credentials.Account;
import postern.credentials.Account.Holder;
import postern.credentials.Account.Holder.Device;
import postern.credentials.Account.Holder.Person;
import postern.credentials.LoginName;
import postern.credentials.Role;
import postern.web.Call;
import postern.web.JsonBody;
import postern.web.Refusal;

/** A user, as the API reads and writes them. */
final class UserJson {

    private UserJson() {}

    /** Somebody, or something, that is to be added. */
    static Account added(Call call) {
        JsonBody body = call.body("login_name", "kind", "mailbox", "group", "owner_group", "second_step");
        LoginName name = body.required("login_name", LoginName::new);
        try {
            return new Account(
                    name,
                    newHolder(body),
                    true,
                    body.optional("mailbox", LoginName::new).orElse(name),
                    Optional.empty(),
                    call.at());
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Holder newHolder(JsonBody body) {
        return switch (body.optionalText("kind").orElse("person")) {
            case "person" -> {
                refuse(body, "owner_group", "of a device alone");
                yield new Person(body.flag("second_step").orElse(false), body.optionalText("group"));
            }
            case "device" -> {
                refuse(body, "group", "of a person alone");
                refuse(body, "second_step", "of a person alone");
                yield new Device(body.text("owner_group"));
            }
            default -> throw Refusal.malformed("kind: unknown (expected: person or device)");
        };
    }

    private static void refuse(JsonBody body, String property, String why) {
        if (body.names(property)) {
            throw Refusal.malformed(property + ": said (expected: not, it is " + why + ")");
        }
    }

    static JsonBody changes(Call call) {
        return call.body("enabled", "mailbox", "group", "owner_group", "second_step", "role");
    }

    /** What is not named stays as it is. */
    static UnaryOperator<Account> change(JsonBody body) {
        return before -> before.withEnabled(body.flag("enabled").orElse(before.enabled()))
                .withMailbox(
                        body.names("mailbox")
                                ? body.optional("mailbox", LoginName::new).orElse(before.loginName())
                                : before.mailbox())
                .withHolder(holder(before.holder(), body))
                .withRole(body.names("role") ? body.optional("role", UserJson::role) : before.role());
    }

    private static Holder holder(Holder before, JsonBody body) {
        return switch (before) {
            case Person(boolean secondStep, Optional<String> group) -> {
                refuse(body, "owner_group", "of a device alone");
                yield new Person(
                        body.flag("second_step").orElse(secondStep),
                        body.names("group") ? body.optionalText("group") : group);
            }
            case Device(String ownerGroup) -> {
                refuse(body, "group", "of a person alone");
                refuse(body, "second_step", "of a person alone");
                yield new Device(body.optionalText("owner_group").orElse(ownerGroup));
            }
        };
    }

    static boolean isDevice(String kind) {
        return switch (kind) {
            case "device" -> true;
            case "person" -> false;
            default -> throw new IllegalArgumentException("kind: unknown (expected: person or device)");
        };
    }

    static Role role(String text) {
        return Role.named(text)
                .orElseThrow(() -> new IllegalArgumentException("role: unknown (expected: "
                        + Arrays.stream(Role.values()).map(Role::toString).collect(Collectors.joining(", ")) + ")"));
    }

    static ObjectNode of(Account account) {
        ObjectNode json = Json.object()
                .put("login_name", account.loginName().value())
                .put("kind", account.isDevice() ? "device" : "person")
                .put("enabled", account.enabled())
                .put("mailbox", account.mailbox().value());
        switch (account.holder()) {
            case Person(boolean secondStep, Optional<String> group) ->
                json.put("second_step", secondStep).put("group", group.orElse(null));
            case Device(String ownerGroup) -> json.put("owner_group", ownerGroup);
        }
        return json.put("role", Json.text(account.role())).put("created_at", Json.time(account.createdAt()));
    }
}

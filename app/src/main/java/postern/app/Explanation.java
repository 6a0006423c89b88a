package postern.app;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postern.app.ExplainCommand.Question;
import postern.config.LockoutSettings;
import postern.config.RouteSettings.Rule;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.credentials.Account;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Policy;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.login.Admission;
import postern.credentials.throttle.ListEntry;
import postern.credentials.throttle.OperatorLists;
import postern.proxy.listen.LoginByAddress;

/**
 * What a login would meet, in words: for people who are asked "why can I not log in?". Reasons are
 * called what the log calls them. Nothing in it helps anybody to log in.
 *
 * @param holds those that touch this name or this source
 * @param byAddress as whom this source sends without a password, by listener
 * @param route where the mailbox is, if it is anywhere
 */
record Explanation(
        Question question,
        Instant now,
        Optional<AccountSnapshot> account,
        Map<AppPasswordId, LastUse> lastUses,
        List<DeviceSeen> devices,
        List<SharedHold> holds,
        Map<String, LoginByAddress> byAddress,
        OperatorLists lists,
        LockoutSettings lockout,
        Optional<Found> route) {

    /**
     * Where the mailbox is.
     *
     * @param rule that led there
     */
    record Found(UpstreamSettings upstream, Rule rule) {}

    /** Lines of a name and what is to be said of it, under a title. */
    private static final class Page {

        private final StringBuilder text = new StringBuilder();

        void title(String title) {
            text.append(text.isEmpty() ? "" : "\n").append(title).append('\n');
        }

        void row(String name, Object value) {
            text.append("  %-22s%s\n".formatted(name, value));
        }

        void rows(String name, Collection<String> values) {
            values.forEach(value -> row(name, value));
        }
    }

    String text() {
        Page page = new Page();
        page.title("Login");
        page.row("typed", question.typed());
        page.row("protocol", question.protocol());
        page.row("source", question.client().getHostAddress());
        page.row("at", time(now));
        account.ifPresentOrElse(
                known -> ofTheAccount(page, known.account()), () -> page.row("account", "none: denied"));
        ofTheAddress(page);
        ofTheLockout(page);
        account.ifPresent(known -> {
            ofPolicy(page, known);
            ofAppPasswords(page, known);
        });
        ofTheRoute(page);
        return page.text.toString();
    }

    private void ofTheAccount(Page page, Account known) {
        boolean isAlias = !known.loginName().equals(question.typed());
        page.row("account", known.loginName() + (isAlias ? ", of which an alias was typed" : ""));
        page.title("Account");
        switch (known.holder()) {
            case Account.Holder.Person(boolean secondStep, Optional<String> group) -> {
                page.row("holder", secondStep ? "person, with a second step" : "person, without a second step");
                group.ifPresent(name -> page.row("group", name));
            }
            case Account.Holder.Device(String ownerGroup) -> page.row("holder", "device of " + ownerGroup);
        }
        page.row("state", known.enabled() ? "enabled" : "disabled");
        page.row("mailbox", known.mailbox());
        page.row("made", time(known.createdAt()));
    }

    /** Where it says so, the name that was asked about does not matter. */
    private void ofTheAddress(Page page) {
        if (question.protocol() == Protocol.SMTP) {
            page.title("Without a password");
            byAddress.forEach((listener, login) ->
                    page.row("at " + listener, "sends as %s, by %s".formatted(login.account(), login.appPassword())));
            page.row(byAddress.isEmpty() ? "at all listeners" : "at all others", "sends nothing");
        }
    }

    private void ofTheLockout(Page page) {
        page.title("Lockout");
        page.row("mode", lockout.mode() == LockoutSettings.Mode.LEARN ? "learn: nobody is slowed or held" : "enforce");
        page.row("source", familiarity());
        page.rows("deny list", entries(lists::denying));
        page.rows("allow list", entries(lists::allowing));
        page.row("lists", isDenied() ? "refused before anything is asked" : "not refused");
        for (SharedHold hold : holds) {
            page.row(
                    "hold",
                    "%s %s until %s, number %d"
                            .formatted(hold.held().kind(), hold.held().subject(), time(hold.until()), hold.times()));
        }
        page.row("held", holds.isEmpty() ? "no" : "wrong secrets are refused; the right one " + duringAHold());
    }

    private String familiarity() {
        return familiarSince()
                .map(seen -> "familiar: last seen to log in " + time(seen))
                .orElse("a stranger to this name");
    }

    private Optional<Instant> familiarSince() {
        return account.map(known -> known.familiarSources().get(SourceNetwork.of(question.client())))
                .filter(seen -> seen.isAfter(now.minus(lockout.familiar().keep())));
    }

    private String duringAHold() {
        return lockout.admitValidDuringHold() || familiarSince().isPresent()
                ? "passes"
                : "is looked at once in " + text(lockout.names().window());
    }

    /** A list may have the typed name or the account's: each is asked. */
    private List<String> entries(BiFunction<LoginName, InetAddress, List<ListEntry>> list) {
        return Stream.of(question.typed(), canonical())
                .flatMap(name -> list.apply(name, question.client()).stream())
                .distinct()
                .map(Explanation::entry)
                .toList();
    }

    private static String entry(ListEntry entry) {
        return entry.name().map(LoginName::toString).orElse("any name")
                + " from " + entry.network().map(SourceNetwork::toString).orElse("anywhere")
                + entry.until().map(end -> ", until " + time(end)).orElse("")
                + (entry.hard() ? ", hard" : "")
                + (entry.author().isEmpty() ? "" : ", by " + entry.author())
                + (entry.reason().isEmpty() ? "" : ": " + entry.reason());
    }

    private static void ofPolicy(Page page, AccountSnapshot known) {
        Policy policy = known.policy();
        Map<String, Object> rules = Map.of(
                "app_passwords", policy.appPasswords(),
                "second_step_required", policy.secondStepRequired() ? "yes" : "no",
                "most_per_account", policy.mostPerAccount(),
                "secret_length", policy.secretLength(),
                "protocols", words(policy.protocols()),
                "longest_life", policy.longestLife().map(Explanation::text).orElse("no limit"),
                "unused_after", policy.unusedAfter().map(Explanation::text).orElse("no limit"),
                "issuers", words(policy.issuers()));
        page.title("Policy");
        known.inForce().sources().forEach((rule, source) -> page.row(rule, rules.get(rule) + " (" + source + ")"));
        policy.importedUntil().ifPresent(end -> page.row("imported_until", time(end) + " (configuration)"));
    }

    private void ofAppPasswords(Page page, AccountSnapshot known) {
        known.appPasswords().values().forEach(one -> {
            page.title("App password " + one.id() + ", " + one.name());
            page.row("login", verdict(one));
            ofTheScope(page, one.scope());
            page.row("made", time(one.createdAt()));
            page.row("last use", lastUse(one));
            page.rows("used with", DevicesCommand.few(devices, one.id()));
        });
        page.title("App passwords");
        page.row("in all", known.appPasswords().size());
        page.row("revoked", known.tombstones().size() + " still remembered: slowed, and held against nobody");
    }

    /** Of the right secret; which one the client has, nobody knows. */
    private String verdict(AppPassword one) {
        Optional<Reason> objection = isDenied()
                ? Optional.of(Reason.DENIED_ENTRY)
                : Admission.objection(account, one.id(), question.protocol(), question.client(), now);
        return objection.map(reason -> "would be refused: " + reason).orElse("would be let in");
    }

    private static void ofTheScope(Page page, Scope scope) {
        page.row("protocols", words(scope.protocols()));
        page.row("from", scope.networks().isEmpty() ? "anywhere" : words(scope.networks()));
        scope.notBefore().ifPresent(begin -> page.row("not before", time(begin)));
        page.row("expires", scope.expiresAt().map(Explanation::time).orElse("never"));
        scope.sending().messagesPerDay().ifPresent(most -> page.row("messages a day", most));
        scope.sending().recipientsPerDay().ifPresent(most -> page.row("recipients a day", most));
        page.rows(
                "sends as",
                scope.sending().senders().stream()
                        .map(LoginName::toString)
                        .sorted()
                        .toList());
        switch (scope.pin().mode()) {
            case OFF -> {}
            case OBSERVE -> page.row("device", device(scope) + "; another is let in too");
            case PIN -> page.row("device", device(scope) + "; another is refused");
        }
    }

    private static String device(Scope scope) {
        return scope.pin().device().map(name -> '"' + name + '"').orElse("the first that comes");
    }

    private String lastUse(AppPassword one) {
        return Optional.ofNullable(lastUses.get(one.id()))
                .map(use -> time(use.at()) + " by " + use.protocol() + " from "
                        + use.client().map(InetAddress::getHostAddress).orElse("an address that is no longer kept")
                        + use.device().map(name -> " (\"" + name + "\")").orElse(""))
                .orElse("never");
    }

    private void ofTheRoute(Page page) {
        page.title("Route");
        if (route.isEmpty()) {
            page.row("upstream", "none for the person, the group or the domain, and no default");
        }
        route.ifPresent(found -> {
            page.row("upstream", found.upstream().name() + ", " + rule(found.rule()));
            UpstreamDoorSettings door = door(found.upstream());
            page.rows("host", door.hosts());
            page.row("port", door.port() + ", tls " + door.tls().name().toLowerCase(Locale.ROOT));
        });
    }

    static String rule(Rule rule) {
        return switch (rule) {
            case PERSON -> "by routes.people";
            case GROUP -> "by routes.groups";
            case DOMAIN -> "by routes.domains";
            case DEFAULT -> "by routes.default";
        };
    }

    private UpstreamDoorSettings door(UpstreamSettings one) {
        return switch (question.protocol()) {
            case IMAP -> one.imap().door();
            case POP3 -> one.pop3();
            case SMTP -> one.smtp().door();
            case ACTIVESYNC, DAV -> one.http().door();
        };
    }

    private LoginName canonical() {
        return account.map(known -> known.account().loginName()).orElse(question.typed());
    }

    private boolean isDenied() {
        return lists.denies(question.typed(), question.client()) || lists.denies(canonical(), question.client());
    }

    private static String words(Collection<?> several) {
        return several.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }

    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String text(Duration time) {
        return time.toDays() > 0 ? time.toDays() + "d" : time.toMinutes() + "m";
    }
}

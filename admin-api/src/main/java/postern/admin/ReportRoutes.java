package postern.admin;

import static postern.credentials.Permission.REPORTS_READ;
import static postern.web.Route.get;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.report.AppPasswordFilter;
import postern.credentials.report.AppPasswords;
import postern.credentials.report.DeviceFilter;
import postern.credentials.report.Reports;
import postern.credentials.report.Reports.Device;
import postern.credentials.report.Reports.Failures;
import postern.credentials.report.Reports.Place;
import postern.credentials.report.Reports.StaleSecret;
import postern.credentials.report.Reports.Time;
import postern.web.Call;
import postern.web.Page;
import postern.web.Reply;
import postern.web.Route;

/** What is in somebody's way, or will be. */
final class ReportRoutes {

    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Duration A_QUARTER = Duration.ofDays(90);
    private static final int MOST_VERSIONS = 20;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,2}\\.[0-9]{1,2}");

    private final Reports reports;
    private final AppPasswords appPasswords;

    ReportRoutes(Reports reports, AppPasswords appPasswords) {
        this.reports = reports;
        this.appPasswords = appPasswords;
    }

    List<Route> all() {
        return List.of(
                get("/v1/reports/login-failures", REPORTS_READ, this::failures)
                        .taking("user", "from", "until")
                        .inPages(),
                get("/v1/reports/unused-app-passwords", REPORTS_READ, this::unused)
                        .taking("unused_since", "group", "domain", "protocol")
                        .inPages(),
                get("/v1/reports/stale-secrets", REPORTS_READ, this::stale)
                        .taking("since")
                        .inPages(),
                get("/v1/reports/legacy-tls", REPORTS_READ, this::legacyTls).inPages(),
                get("/v1/reports/devices", REPORTS_READ, this::devices)
                        .taking("user", "app_password", "speaks")
                        .inPages());
    }

    private Reply failures(Call call) throws StoreUnavailableException {
        Instant until = AuditRoutes.time(call, "until").orElse(call.at());
        Time time = new Time(AuditRoutes.time(call, "from").orElse(until.minus(A_WEEK)), until);
        Page page = Page.of(call);
        Optional<LoginName> user = call.parameter("user", LoginName::new);
        return page.of(
                "login_failures",
                reports.loginFailures(time, user, page.afterBoth(Place::new), page.limit()),
                one -> one.name() + " " + one.reason(),
                ReportRoutes::json);
    }

    private Reply unused(Call call) throws StoreUnavailableException {
        AppPasswordFilter filter = new AppPasswordFilter(
                AuditRoutes.time(call, "unused_since")
                        .or(() -> Optional.of(call.at().minus(A_QUARTER))),
                Optional.empty(),
                call.parameter("group", Function.identity()),
                call.parameter("domain", Function.identity()),
                call.parameter("protocol", Protocol::parse));
        Page page = Page.of(call);
        return page.of(
                "app_passwords",
                appPasswords.page(filter, page.after(), page.limit()),
                listed -> listed.appPassword().id().value(),
                ReportRoutes::json);
    }

    private Reply stale(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        Instant since = AuditRoutes.time(call, "since").orElse(call.at().minus(A_WEEK));
        return page.of(
                "stale_secrets",
                reports.staleSecrets(since, page.after(), page.limit()),
                one -> one.id().value(),
                ReportRoutes::json);
    }

    private Reply legacyTls(Call call) throws StoreUnavailableException {
        Page page = Page.of(call);
        return page.of(
                "legacy_tls",
                reports.legacyTls(page.after(), page.limit()),
                one -> one.appPassword().value(),
                ReportRoutes::json);
    }

    private Reply devices(Call call) throws StoreUnavailableException {
        DeviceFilter filter = new DeviceFilter(
                call.parameter("user", LoginName::new),
                call.parameter("app_password", AppPasswordId::new),
                call.parameter("speaks", ReportRoutes::versions).orElse(Set.of()));
        Page page = Page.of(call);
        return page.of(
                "devices",
                reports.devices(filter, page.afterBoth(Place::new), page.limit()),
                one -> one.place().first() + " " + one.place().second(),
                ReportRoutes::json);
    }

    private static Set<String> versions(String text) {
        Set<String> versions = Set.copyOf(Arrays.asList(text.split(",", MOST_VERSIONS + 1)));
        if (versions.size() > MOST_VERSIONS || !versions.stream().allMatch(VERSION.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    "speaks: not versions of ActiveSync (expected: as 2.5,12.1; at most " + MOST_VERSIONS + ")");
        }
        return versions;
    }

    private static ObjectNode json(AppPasswords.Listed listed) {
        ObjectNode json =
                Json.object().put("login_name", listed.appPassword().owner().value());
        json.setAll(AppPasswordRoutes.json(listed.appPassword()));
        return json.setAll(AppPasswordRoutes.lastUse(listed.lastUse()));
    }

    private static ObjectNode json(Failures one) {
        return Json.object()
                .put("login_name", one.name())
                .put("reason", one.reason())
                .put("times", one.times())
                .put("last", Json.time(one.last()));
    }

    private static ObjectNode json(StaleSecret one) {
        return Json.object()
                .put("id", one.id().value())
                .put("login_name", one.owner().value())
                .put("name", one.name())
                .put("revoked_at", Json.time(one.revokedAt()))
                .put("notices", one.notices())
                .put("first", Json.time(one.first()))
                .put("last", Json.time(one.last()));
    }

    private static ObjectNode json(Device one) {
        DeviceSeen seen = one.seen();
        return Json.object()
                .put("login_name", seen.owner().value())
                .put("app_password", seen.appPassword().value())
                .put("name", seen.name())
                .put("protocol", seen.protocol().toString())
                .put("device", seen.last().shown())
                .put("speaks", seen.last().speaks().orElse(null))
                .put("first", Json.time(seen.first()))
                .put("last", Json.time(seen.last().at()));
    }

    private static ObjectNode json(LegacyTlsNeed one) {
        return Json.object()
                .put("login_name", one.owner().value())
                .put("app_password", one.appPassword().value())
                .put("name", one.name())
                .put("version", one.last().version())
                .put("listener", one.last().listener())
                .put("protocol", one.last().protocol().toString())
                .put("device", one.last().device().orElse(null))
                .put("times", one.times())
                .put("last", Json.time(one.last().at()));
    }
}

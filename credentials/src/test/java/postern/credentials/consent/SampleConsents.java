package postern.credentials.consent;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.grant.SampleGrants.AT_HOME;
import static postern.credentials.grant.SampleGrants.CONTOSO;
import static postern.credentials.grant.SampleGrants.NEW_KEY;
import static postern.credentials.grant.SampleGrants.vaultIn;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import postern.credentials.LoginName;
import postern.credentials.SampleStore;
import postern.credentials.StoreUnavailableException;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditFilter;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.ProviderClient;
import postern.credentials.store.MovedClock;
import postern.credentials.store.SqlConsents;

/** An upstream that Ada lets us into, the store behind it, and her browser. */
final class SampleConsents implements AutoCloseable {

    static final LoginName GRACE = new LoginName("grace@example.org");
    static final LoginName INFO = new LoginName("info@example.org");
    static final LoginName ELSEWHERE = new LoginName("a.lovelace@elsewhere.example");
    static final Duration LINK_LASTS = Duration.ofHours(1);
    static final Duration LASTS = Duration.ofDays(90);
    static final String REQUEST = "5d1f3a2b";

    final MovedClock clock = new MovedClock();
    final SampleStore store = SampleStore.with();
    final GrantVault vault = vaultIn(store.database(), clock, NEW_KEY);
    final Consents consents;

    /** She shares a mailbox, and signs in by her own name or another. */
    SampleConsents(ProviderClient client) {
        ConsentUpstream contoso = upstream(CONTOSO, client);
        ConsentUpstream fabrikam = upstream("fabrikam", client);
        this.consents = new Consents(
                Map.of(CONTOSO, contoso, "fabrikam", fabrikam),
                new SqlConsents(store.changes()),
                vault,
                LINK_LASTS,
                clock,
                new SecureRandom());
    }

    static ConsentUpstream upstream(String name, ProviderClient client) {
        return new ConsentUpstream(
                name,
                AT_HOME,
                Optional.of(LASTS),
                Optional.of(URI.create("https://mail.example.net/consent/" + name)),
                true,
                Map.of(INFO, ADA),
                Map.of(GRACE, ELSEWHERE),
                client);
    }

    /** All that was told, the newest last. */
    List<AuditEntry> events() throws StoreUnavailableException {
        return store.trail().after(0, AuditFilter.ALL, 100);
    }

    /** What a browser brings back from there. */
    static ComingBack visit(URI page) throws Exception {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            URI back = URI.create(browser.send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow());
            return back(said(back, "state"), said(back, "code"));
        }
    }

    static ComingBack back(String state, String code) {
        return new ComingBack(
                Optional.of(state), Optional.of(code), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static ComingBack with(ComingBack back, String iss) {
        return new ComingBack(back.state(), back.code(), Optional.of(iss), Optional.empty(), Optional.empty());
    }

    static ComingBack refused(String state, String error, String description) {
        return new ComingBack(
                Optional.of(state), Optional.empty(), Optional.empty(), Optional.of(error), Optional.of(description));
    }

    static String said(URI uri, String name) {
        return Objects.requireNonNull(query(uri).get(name));
    }

    static Map<String, String> query(URI uri) {
        return Stream.of(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        store.close();
    }
}

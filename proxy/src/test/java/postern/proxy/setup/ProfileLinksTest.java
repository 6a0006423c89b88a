package postern.proxy.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.SCANNER_SECRET;
import static postern.credentials.SampleLogins.WRONG_SECRET;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Denied.Reason;
import postern.credentials.Protocol;
import postern.credentials.setup.SampleSetupLinks;

/** A profile with the app password in it: for who has just shown it, once. */
@Timeout(60)
class ProfileLinksTest {

    private final SetupHouse house = new SetupHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"mail, IMAP, IncomingPassword", "activesync, ACTIVESYNC, Password"})
    void whoShowsAnAppPasswordGetsItOnceInAProfile(String kind, Protocol asked, String key) throws Exception {
        HttpResponse<String> made = house.form(ADA.value(), SCANNER_SECRET, kind);

        assertThat(made.statusCode()).isEqualTo(201);
        String link = linkOf(made);
        assertThat(link).matches("/setup/links/[A-Za-z0-9_-]{43}");
        assertThat(made.body())
                .contains("href=\"" + link + "\"", "until 09:10 UTC")
                .doesNotContain(SCANNER_SECRET);
        assertThat(made.headers().firstValue("cache-control")).contains("no-store");
        assertThat(made.headers().firstValue("referrer-policy")).contains("no-referrer");

        HttpResponse<String> profile = house.get(link);
        assertThat(profile.statusCode()).isEqualTo(200);
        assertThat(profile.headers().firstValue("cache-control")).contains("no-store");
        assertThat(Schemas.account(Schemas.plist(profile.body()))).containsEntry(key, SCANNER_SECRET);

        HttpResponse<String> again = house.get(link);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("This link leads nowhere any more", "Make another one");
        assertThat(house.attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.protocol()).isEqualTo(asked);
            assertThat(attempt.client()).isEqualTo(SetupHouse.BEHIND_THE_LOAD_BALANCER);
            assertThat(attempt.tls()).isEmpty();
            assertThat(attempt.secret().letters()).containsOnly(0);
        });
        assertThat(house.outcomes).singleElement().isInstanceOf(Accepted.class);
    }

    /** So that installed after one without, or after an older one, it takes its place. */
    @Test
    void itIsTheSameProfileAsTheOneWithoutAPassword() throws Exception {
        Map<String, String> with =
                Schemas.profile(Schemas.plist(house.get(linkOf(house.form(ADA.value(), SCANNER_SECRET, "mail")))
                        .body()));
        Map<String, String> without =
                Schemas.profile(Schemas.plist(house.get(SetupPath.PROFILE + "?kind=mail&address=ada@example.org")
                        .body()));

        assertThat(with.get("PayloadUUID")).isEqualTo(without.get("PayloadUUID"));
        assertThat(with.get("PayloadIdentifier")).isEqualTo(without.get("PayloadIdentifier"));
    }

    @Test
    void ofManyWhoComeAtOnceOneHasIt() throws Exception {
        String link = linkOf(house.form(ADA.value(), SCANNER_SECRET, "mail"));

        Callable<Integer> get = () -> house.get(link).statusCode();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Integer> statuses = threads.invokeAll(Collections.nCopies(4, get)).stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 404, 404, 404);
        }
    }

    @Test
    void afterItsTimeTheLinkLeadsNowhere() throws Exception {
        String link = linkOf(house.form(ADA.value(), SCANNER_SECRET, "mail"));

        house.clock.pass(SampleSetupLinks.LASTS);

        assertThat(house.get(link).statusCode()).isEqualTo(404);
    }

    @Test
    void afterARevocationTheLinkLeadsNowhere() throws Exception {
        String link = linkOf(house.form(ADA.value(), SCANNER_SECRET, "mail"));

        house.store.credentials().revoke(ADA, SCANNER_ID, ROOT);

        assertThat(house.get(link).statusCode()).isEqualTo(404);
    }

    /** No way to guess that the doors do not have: it is weighed and told of like any other login. */
    @Test
    void aWrongAppPasswordIsALoginThatFailed() throws Exception {
        HttpResponse<String> answer = house.form(ADA.value(), WRONG_SECRET, "mail");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("This app password was not accepted").doesNotContain(WRONG_SECRET);
        assertThat(answer.headers().map()).doesNotContainKeys("www-authenticate", "location");
        assertThat(house.outcomes).containsExactly(new Denied(Reason.NO_MATCH));
        assertThat(house.form("nobody@example.org", SCANNER_SECRET, "mail").body())
                .isEqualTo(answer.body());
    }

    @Test
    void anAppPasswordForSomethingElseIsRefusedInTheSameWords() throws Exception {
        house.store
                .credentials()
                .revise(
                        ADA,
                        SCANNER_ID,
                        one -> one.withScope(scope -> scope.withProtocols(Set.of(Protocol.SMTP))),
                        ROOT);

        HttpResponse<String> answer = house.form(ADA.value(), SCANNER_SECRET, "mail");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo(house.form(ADA.value(), WRONG_SECRET, "mail").body());
    }

    @Test
    void whenNobodyKnowsItIsLaterAndNotWrong() throws Exception {
        house.store.database().close();

        HttpResponse<String> answer = house.form(ADA.value(), SCANNER_SECRET, "mail");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("30");
        assertThat(house.get(SetupPath.LINKS + "x".repeat(43)).statusCode()).isEqualTo(503);
    }

    @Test
    void ofAnotherDomainNothingIsTried() throws Exception {
        assertThat(house.form("ada@elsewhere.example", SCANNER_SECRET, "mail").statusCode())
                .isEqualTo(404);
        assertThat(house.form(ADA.value(), SCANNER_SECRET, "telnet").statusCode())
                .isEqualTo(404);
        assertThat(house.attempts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "address=ada@example.org&kind=mail",
                "address=ada@example.org&kind=mail&app_password=",
                "address=ada@example.org&kind=mail&app_password=bcdf&app_password=ghjk",
                "address=ada@example.org&kind=mail&app_password=bcdf%00ghjk",
                "address=ada@example.org&kind=mail&app_password=bcdf%0d%0aghjk",
                "address=ada@example.org&kind=mail&app_password=bcdf%ff",
                "address=ada@example.org&kind=mail&app_password=bcdf%ef%bf%bf"
            })
    void whatCannotStandInAProfileIsNotTried(String form) throws Exception {
        assertThat(house.post(SetupPath.PROFILE, SetupHouse.FORM, form).statusCode())
                .isEqualTo(400);
        assertThat(house.attempts).isEmpty();
    }

    @Test
    void aFormIsAForm() throws Exception {
        assertThat(house.post(SetupPath.PROFILE, "application/json", "{}").statusCode())
                .isEqualTo(415);
        assertThat(house.post(SetupPath.PROFILE, SetupHouse.FORM, "a=" + "b".repeat(20_000))
                        .statusCode())
                .isEqualTo(413);
    }

    /** A link is a secret as long as it leads somewhere; an app password always is. */
    @Test
    void noSecretIsInALogNorWhatAnObjectPrints() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        String link;
        try {
            link = linkOf(house.form(ADA.value(), SCANNER_SECRET, "mail"));
            house.form(ADA.value(), WRONG_SECRET, "mail");
            house.get(link);
            house.get(link);
        } finally {
            System.setErr(before);
        }

        String token = link.substring(SetupPath.LINKS.length());
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain(SCANNER_SECRET, WRONG_SECRET, token);
        assertThat(SetupReply.profile(SCANNER_SECRET).toString()).doesNotContain(SCANNER_SECRET);
    }

    private static String linkOf(HttpResponse<String> made) {
        return made.headers().firstValue("location").orElseThrow();
    }
}

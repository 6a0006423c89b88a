package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.POLICY;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.hashOf;
import static postern.credentials.SampleLogins.tagOf;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.app.ExplainCommand.Question;
import postern.config.Settings;
import postern.credentials.Account;
import postern.credentials.AccountSnapshot;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.DevicePin;
import postern.credentials.DeviceSeen;
import postern.credentials.DeviceUse;
import postern.credentials.Held;
import postern.credentials.LastUse;
import postern.credentials.LoginName;
import postern.credentials.Policy;
import postern.credentials.PolicyInForce;
import postern.credentials.PolicyInForce.Layer;
import postern.credentials.PolicyRules;
import postern.credentials.PolicySubject;
import postern.credentials.Protocol;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.proxy.listen.LoginByAddress;

class ExplanationTest {

    private static final LoginName ADA_L = new LoginName("a.lovelace@example.org");
    private static final InetAddress OFFICE = InetAddress.ofLiteral("203.0.113.9");
    private static final InetAddress SCANNER_AT = InetAddress.ofLiteral("10.1.20.7");
    private static final AppPasswordId PHONE_ID = new AppPasswordId("apw_phone00000000001");
    private static final AppPassword PHONE = new AppPassword(
            PHONE_ID,
            ADA,
            "Old phone",
            SCANNER.proof(),
            SCANNER.scope()
                    .withProtocols(Set.of(Protocol.POP3))
                    .withNetworks(List.of(SourceNetwork.parse("203.0.113.0/24")))
                    .withPin(new DevicePin(DevicePin.Mode.PIN, Optional.of("Nokia"))),
            MONDAY.minusSeconds(60));

    private static final List<DeviceSeen> DEVICES = List.of(
            device(Protocol.IMAP, 1, new DeviceUse(MONDAY.minusSeconds(60), "mutt", Optional.empty())),
            device(
                    Protocol.ACTIVESYNC,
                    2,
                    new DeviceUse(MONDAY.minusSeconds(120), "ApplC39/iPhone", Optional.of("16.1"))),
            device(Protocol.SMTP, 1, new DeviceUse(MONDAY.minusSeconds(180), "pc1", Optional.empty())),
            device(Protocol.SMTP, 1, new DeviceUse(MONDAY.minusSeconds(240), "pc2", Optional.empty())),
            device(Protocol.SMTP, 1, new DeviceUse(MONDAY.minusSeconds(300), "pc3", Optional.empty())));

    private final Settings settings;

    ExplanationTest(@TempDir Path folder) throws Exception {
        this.settings = Settings.load(
                Files.writeString(folder.resolve("postern.conf"), """
                        upstreams.mail {
                          host = mail.example.org, login { user = postern, password = { env = MASTER } }
                        }
                        routes.domains { "example.org" = mail }
                        lockout.deny = [ { network = "198.51.100.0/24", reason = "botnet", hard = true } ]
                        lockout.allow = [ { name = "ada@example.org", until = "2027-01-31T12:00:00Z" } ]
                        """), Map.of("MASTER", "master-password"));
    }

    @Test
    void ofSomebodyWhoMayComeInSaysByWhatAndWhereTo() {
        Question question = new Question(ADA_L, Protocol.IMAP, OFFICE);

        assertThat(explanation(question, Optional.of(ada()), List.of()).text()).isEqualTo("""
                Login
                  typed                 a.lovelace@example.org
                  protocol              imap
                  source                203.0.113.9
                  at                    2026-01-05T09:00:00Z
                  account               ada@example.org, of which an alias was typed

                Account
                  holder                person, with a second step
                  state                 enabled
                  mailbox               ada@example.org
                  made                  2026-01-05T09:00:00Z

                Lockout
                  mode                  enforce
                  source                familiar: last seen to log in 2025-12-06T09:00:00Z
                  allow list            ada@example.org from anywhere, until 2027-01-31T12:00:00Z
                  lists                 not refused
                  held                  no

                Policy
                  app_passwords         no-new (@example.org)
                  second_step_required  no (configuration)
                  most_per_account      40 (configuration)
                  secret_length         20 (configuration)
                  protocols             activesync dav imap pop3 smtp (configuration)
                  longest_life          no limit (configuration)
                  unused_after          no limit (configuration)
                  issuers               administrator person (configuration)

                App password apw_scanner000000001, Scanner, 2nd floor
                  login                 would be let in
                  protocols             activesync dav imap pop3 smtp
                  from                  anywhere
                  expires               never
                  made                  2026-01-05T08:00:00Z
                  last use              2026-01-05T08:59:00Z by imap from 203.0.113.9 ("mutt")
                  used with             "mutt" by imap, first 2026-01-04T09:00:00Z, last 2026-01-05T08:59:00Z
                  used with             "ApplC39/iPhone" by activesync 16.1, first 2026-01-03T09:00:00Z, last 2026-01-05T08:58:00Z
                  used with             "pc1" by smtp, first 2026-01-04T09:00:00Z, last 2026-01-05T08:57:00Z
                  used with             and 2 more: postern devices --app-password apw_scanner000000001

                App password apw_phone00000000001, Old phone
                  login                 would be refused: other_protocol
                  protocols             pop3
                  from                  203.0.113.0/24
                  expires               never
                  device                "Nokia"; another is refused
                  made                  2026-01-05T08:59:00Z
                  last use              never

                App passwords
                  in all                2
                  revoked               1 still remembered: slowed, and held against nobody

                Route
                  upstream              mail, by routes.domains
                  host                  mail.example.org
                  port                  993, tls implicit
                """);
    }

    /** L-17: the help desk sees what to clear. */
    @Test
    void ofSomebodyOnHoldSaysUntilWhenAndWhatOfIt() {
        Question question = new Question(ADA, Protocol.IMAP, InetAddress.ofLiteral("192.0.2.1"));
        SharedHold hold = new SharedHold(Held.name(ADA), 2, MONDAY.plusSeconds(90));

        assertThat(section(explanation(question, Optional.of(ada()), List.of(hold)), "Lockout"))
                .isEqualTo("""
                        Lockout
                          mode                  enforce
                          source                a stranger to this name
                          allow list            ada@example.org from anywhere, until 2027-01-31T12:00:00Z
                          lists                 not refused
                          hold                  name ada@example.org until 2026-01-05T09:01:30Z, number 2
                          held                  wrong secrets are refused; the right one passes""");
    }

    @Test
    void ofWhoIsOnTheDenyListSaysThatNothingElseMatters() {
        Question question = new Question(ADA, Protocol.POP3, InetAddress.ofLiteral("198.51.100.7"));
        Explanation explanation = explanation(question, Optional.of(ada()), List.of());

        assertThat(section(explanation, "Lockout"))
                .contains("deny list             any name from 198.51.100.0/24, hard: botnet")
                .contains("lists                 refused before anything is asked");
        assertThat(explanation.text().lines().filter(line -> line.startsWith("  login ")))
                .hasSize(2)
                .allMatch(line -> line.endsWith("would be refused: denied_entry"));
        assertThat(section(explanation, "Route")).contains("port                  995, tls implicit");
    }

    @Test
    void ofNobodySaysSoAndWhereTheDomainLeads() {
        LoginName nobody = new LoginName("nobody@example.com");

        assertThat(explanation(new Question(nobody, Protocol.SMTP, OFFICE), Optional.empty(), List.of())
                        .text())
                .isEqualTo("""
                        Login
                          typed                 nobody@example.com
                          protocol              smtp
                          source                203.0.113.9
                          at                    2026-01-05T09:00:00Z
                          account               none: denied

                        Without a password
                          at all listeners      sends nothing

                        Lockout
                          mode                  enforce
                          source                a stranger to this name
                          lists                 not refused
                          held                  no

                        Route
                          upstream              none for the person, the group or the domain, and no default
                        """);
    }

    @Test
    void ofAnAddressThatNeedsNoPasswordSaysWhereAndAsWhomItSends() {
        Question question = new Question(ADA, Protocol.SMTP, SCANNER_AT);

        assertThat(section(explanation(question, Optional.of(ada()), List.of()), "Without a password"))
                .isEqualTo("""
                        Without a password
                          at devices            sends as ada@example.org, by apw_scanner000000001
                          at all others         sends nothing""");
    }

    @Test
    void noHashNoTagAndNoSecretIsInIt() {
        LoginName secret = new LoginName("bcdf-ghjk-mnpq-rstv-wxyz");

        assertThat(explanation(new Question(ADA, Protocol.IMAP, OFFICE), Optional.of(ada()), List.of())
                        .text())
                .doesNotContain(hashOf(SCANNER).encoded(), "argon2", "master-password")
                .doesNotContain(tagOf(SCANNER).toString());
        assertThat(explanation(new Question(secret, Protocol.IMAP, OFFICE), Optional.empty(), List.of())
                        .text())
                .contains("typed                 ***")
                .doesNotContain(secret.value());
    }

    private Explanation explanation(Question question, Optional<AccountSnapshot> account, List<SharedHold> holds) {
        LastUse use = new LastUse(MONDAY.minusSeconds(60), Protocol.IMAP, OFFICE, Optional.of("mutt"));
        LoginName mailbox = account.map(one -> one.account().mailbox()).orElse(question.typed());
        try {
            return new Explanation(
                    question,
                    MONDAY,
                    account,
                    Map.of(SCANNER_ID, use),
                    DEVICES,
                    holds,
                    question.client().equals(SCANNER_AT)
                            ? Map.of("devices", new LoginByAddress(ADA, SCANNER_ID))
                            : Map.of(),
                    LockoutWiring.lists(settings.lockout(), () -> MONDAY),
                    settings.lockout(),
                    settings.routes()
                            .route(
                                    question.typed().value(),
                                    account.flatMap(known -> known.account().group()),
                                    mailbox.domain())
                            .map(route -> new Explanation.Found(
                                    Objects.requireNonNull(settings.upstreams().get(route.upstream())), route.rule())));
        } catch (StartException e) {
            throw new AssertionError(e);
        }
    }

    private static DeviceSeen device(Protocol protocol, int days, DeviceUse last) {
        return new DeviceSeen(ADA, SCANNER_ID, SCANNER.name(), protocol, MONDAY.minus(Duration.ofDays(days)), last);
    }

    private static AccountSnapshot ada() {
        Map<AppPasswordId, AppPassword> appPasswords = new LinkedHashMap<>();
        appPasswords.put(SCANNER_ID, SCANNER);
        appPasswords.put(PHONE_ID, PHONE);
        return new AccountSnapshot(
                Account.person(ADA, MONDAY).withHolder(new Account.Holder.Person(true)),
                Set.of(ADA_L),
                PolicyInForce.of(
                        POLICY,
                        List.of(new Layer(
                                new PolicySubject.Domain("example.org"),
                                PolicyRules.SILENT.withAppPasswords(Policy.AppPasswords.NO_NEW)))),
                appPasswords,
                Map.of(tagOf(SCANNER), SCANNER_ID),
                Map.of(tagOf(SCANNER), PHONE_ID),
                Map.of(),
                Map.of(SourceNetwork.of(OFFICE), MONDAY.minus(Duration.ofDays(30))));
    }

    private static String section(Explanation explanation, String title) {
        String text = explanation.text();
        int begin = text.indexOf(title + "\n");
        int end = text.indexOf("\n\n", begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }
}

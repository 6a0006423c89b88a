package postern.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.config.SampleFiles.UPSTREAM;
import static postern.config.SampleFiles.read;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MistakesTest {

    /** H-01: a cost below the floor is one of them. */
    @Test
    void everyMistakeIsToldAtOnceInTheOrderOfTheFile() {
        assertMistakes("""
                admin { port = many, adress = "127.0.0.1" }
                listeners.imaps.prot = 993
                listeners.imap-old { protocol = imap }
                hashing { memory-kib = 8192, passes = 1.5, threads = [] }
                listeners.imap { tls = none, login-timeout = 30, enabled = perhaps }
                answers = fast
                colour = red
                lockout { delays { first = 40s, half-life = soon }, allow = ours, deny = [theirs] }
                upstreams.main {
                  imap.port = 0
                  login { user = "post\\nern", password = hunter2, separator = "" }
                }
                management.address = localhost
                routes.default = mian
                logging { level = loud, format = null }
                shutdown.grace = -1s
                policy = null
                """, """
                postern.conf: 1: admin.adress: unknown (did you mean address?)
                postern.conf: 1: admin.port: "many" (expected: 0 to 65535)
                postern.conf: 2: listeners.imaps.prot: unknown (did you mean port?)
                postern.conf: 3: listeners.imap-old.port: not set (expected: 0 to 65535)
                postern.conf: 4: hashing.threads: a list (expected: 0 to 1024)
                postern.conf: 4: hashing.memory-kib: 8192 (expected: 19456 to 1048576)
                postern.conf: 4: hashing.passes: 1.5 (expected: 2 to 20)
                postern.conf: 5: listeners.imap.tls: "none" (expected: implicit or starttls or autodetect)
                postern.conf: 5: listeners.imap.login-timeout: 30 (expected: 1s to 10m, with its unit)
                postern.conf: 5: listeners.imap.enabled: "perhaps" (expected: true or false)
                postern.conf: 6: answers: text (expected: a section, { … })
                postern.conf: 7: colour: unknown (expected: one of admin, answers, audit, client-setup, connections, consent, data-directory, hashing, http, keys, \
                listener-defaults, listeners, lockout, logging, management, policy, recent-matches, routes, server-name, \
                sessions, shutdown, store, tls, upstream-defaults, upstream-profiles, upstreams)
                postern.conf: 8: lockout.delays.first: "40s" (expected: 1s to 30s)
                postern.conf: 8: lockout.delays.half-life: "soon" (expected: 1m to 1d)
                postern.conf: 8: lockout.allow: text (expected: a list, [ … ])
                postern.conf: 8: lockout.deny[0]: text (expected: a section, { … })
                postern.conf: 9: upstreams.main.host: not set (expected: a host name or an IP address, or a list of them)
                postern.conf: 10: upstreams.main.imap.port: 0 (expected: 1 to 65535)
                postern.conf: 11: upstreams.main.login.user: "post\\nern" (expected: printable ASCII)
                postern.conf: 11: upstreams.main.login.password: text (expected: { file = … } or { env = … })
                postern.conf: 11: upstreams.main.login.separator: "" (expected: one printable character)
                postern.conf: 13: management.address: "localhost" (expected: an IP address)
                postern.conf: 14: routes.default: "mian" (expected: one of main)
                postern.conf: 15: logging.format: not set (expected: text or json)
                postern.conf: 15: logging.level: "loud" (expected: error or warn or info or debug or trace)
                postern.conf: 16: shutdown.grace: "-1s" (expected: 0s to 10m)
                postern.conf: 17: policy: not set (expected: a section, { … })""");
    }

    @Test
    void anUnknownKeyFarFromAllOthersGetsTheList() {
        assertMistakes(
                "listeners.imaps.banner = hello",
                "postern.conf: 1: listeners.imaps.banner: unknown (expected: one of address, autodetect-wait, before-login, cleartext-networks, enabled, "
                        + "login-by-address, login-timeout, "
                        + "max-connections, max-connections-per-address, names, port, protocol, proxy-protocol, tls, tls-rules)");
    }

    @Test
    void anEntryThatIsNoSectionIsOneMistake() {
        assertMistakes(
                UPSTREAM + "upstreams { main = mail.example.org, other { login = x } }\nroutes.default = main", """
                postern.conf: 2: upstreams.main: text (expected: a section, { … })
                postern.conf: 2: upstreams.other.host: not set (expected: a host name or an IP address, or a list of them)
                postern.conf: 2: upstreams.other.login: text (expected: a section, { … })""");
    }

    @Test
    void aSectionOfTheDefaultsThatIsNoneIsOneMistake() {
        assertMistakes("upstream-defaults { imap = null, login = x }\n" + UPSTREAM, """
                postern.conf: 1: upstream-defaults.imap: not set (expected: a section, { … })
                postern.conf: 1: upstream-defaults.login: text (expected: a section, { … })""");
    }

    @Test
    void aMistakeInTheDefaultsIsToldOnceAndThere() {
        assertMistakes(
                "listener-defaults.address = everywhere",
                "postern.conf: 1: listener-defaults.address: \"everywhere\" (expected: an IP address)");
    }

    @Test
    void defaultsThatNobodyUsesYetAreCheckedToo() {
        assertMistakes("upstream-defaults { imap.prot = 143, connect-timeout = 1h }", """
                postern.conf: 1: upstream-defaults.imap.prot: unknown (did you mean port?)
                postern.conf: 1: upstream-defaults.connect-timeout: "1h" (expected: 1s to 1m)""");
    }

    @Test
    void whatMustBeSetCannotBeUnset() {
        assertMistakes(
                "listeners.imap.port = null", "postern.conf: 1: listeners.imap.port: not set (expected: 0 to 65535)");
    }

    @Test
    void aNameIsPlain() {
        assertMistakes(
                "listeners.\"Old Phones\" { protocol = imap, port = 1143 }",
                "postern.conf: 1: listeners.\"Old Phones\": not a name (expected: a-z, 0-9 and -, not - first)");
    }

    /** Trap 34: what somebody took for a network of their own, and is everybody's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "0.0.0.0/7",
                "10.0.0.0/7",
                "2001::/31",
                "::/32",
                "::/64",
                "::/96",
                "::fff0:0:0/84",
                "::ffff:0.0.0.0/96",
                "::ffff:0.0.0.0/0",
                "10.0.0.0/33",
                "lan"
            })
    void aNetworkThatIsTrustedIsSomebodysOwn(String network) {
        for (String key : List.of("cleartext-networks", "tls-rules.legacy-networks")) {
            assertMistakes(
                    "listeners.devices." + key + " = [ \"" + network + "\" ]",
                    "postern.conf: 1: listeners.devices." + key + "[0]: \"" + network
                            + "\" (expected: an IP address or "
                            + "a network such as 10.1.0.0/16, not wider than /8, or /32 of IPv6)");
        }
        assertNoLoginByAddressFrom(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "127.0.0.2", "::1", "2001:db8::/32", "fd00:1234::/48", "::ffff:10.1.0.0/16"})
    void aNetworkOfOnesOwnMayBeTrusted(String network) throws Exception {
        assertThat(read("listeners.devices { enabled = true, cleartext-networks = [ \"" + network + "\" ] }")
                        .listeners()
                        .getFirst()
                        .cleartextNetworks())
                .containsExactly(network);
    }

    /** Whoever is there sends. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/15", "10.0.0.0/8", "2001:db8::/47", "2001:db8::/32", "::ffff:10.1.0.0/120"})
    void aNetworkThatNeedsNoPasswordIsThatOfOneHouse(String network) {
        assertNoLoginByAddressFrom(network);
    }

    private static void assertNoLoginByAddressFrom(String network) {
        assertMistakes(
                "listeners.devices.login-by-address "
                        + "{ networks = [ \"%s\" ], account = ada, app-password = apw_0123456789abcdef }"
                                .formatted(network),
                "postern.conf: 1: listeners.devices.login-by-address.networks[0]: \"" + network
                        + "\" (expected: an IP address or "
                        + "a network such as 10.1.0.0/16, not wider than /16, or /48 of IPv6)");
    }

    @Test
    void whoIsLoggedInByAddressIsOneAccountByOneAppPassword() {
        assertMistakes("""
                listeners.devices.login-by-address.networks = [ "10.1.0.0/16" ]
                listeners.imap.login-by-address { networks = [ "10.1.0.0/16" ], account = ada, app-password = apw_0123456789abcdef }
                listeners.submission.login-by-address { account = "a b", app-password = secret }
                listeners.submissions.login-by-address.account = "ada@example..org"
                """, """
                postern.conf: 1: listeners.devices.login-by-address.networks: a list \
                (expected: none, or an account and an app-password beside it)
                postern.conf: 2: listeners.imap.login-by-address.networks: a list (expected: none, unless protocol is smtp)
                postern.conf: 3: listeners.submission.login-by-address.account: "a b" (expected: a login name)
                postern.conf: 3: listeners.submission.login-by-address.app-password: "secret" \
                (expected: the id of an app password, apw_ and 16 of a-z0-9)
                postern.conf: 4: listeners.submissions.login-by-address.account: "ada@example..org" (expected: a login name)""");
    }

    @Test
    void aPasswordInTheClearIsForSendingAndWhereTlsIsNotThereFirst() {
        assertMistakes("""
                listeners.imap.cleartext-networks = [ "10.1.0.0/16" ]
                listeners.submissions.cleartext-networks = [ "10.1.0.0/16" ]
                """, """
                postern.conf: 1: listeners.imap.cleartext-networks: a list (expected: none, unless protocol is smtp)
                postern.conf: 2: listeners.submissions.cleartext-networks: a list \
                (expected: none, unless tls is starttls or autodetect)""");
    }

    @Test
    void twoDoorsCannotShareAPort() {
        assertMistakes("""
                listeners.another { protocol = imap, port = 993 }
                management { address = "0:0::0", port = 143 }
                """, """
                postern.conf: 1: listeners.another.port: 993 (expected: not that of listeners.imaps.port)
                postern.conf: 2: management.port: 143 (expected: not that of listeners.imap.port)""");
    }

    @Test
    void anyFreePortNeverCollides() throws Exception {
        assertMistakes("listeners { imap.port = 0, imaps.port = 0 }\nadmin.port = 0\nmanagement.port = 70000", """
                postern.conf: 3: management.port: 70000 (expected: 0 to 65535)""");
    }

    @Test
    void noTokenLivesLongerThanAnyMay() {
        assertMistakes("admin { token-life = 31d, most-token-life = 30d }", """
                postern.conf: 1: admin.token-life: "31d" (expected: at most most-token-life)""");
        assertMistakes("admin.most-token-life = 366d", """
                postern.conf: 1: admin.most-token-life: "366d" (expected: 1h to 365d)""");
    }

    @Test
    void aLoadBalancerIsAnAddressOrANetwork() {
        assertMistakes("listeners.imap.proxy-protocol { from = [ \"10.0.0.0/33\", lb.example ], timeout = 0s }", """
                postern.conf: 1: listeners.imap.proxy-protocol.from[0]: "10.0.0.0/33" \
                (expected: an IP address or a network such as 10.0.0.0/8)
                postern.conf: 1: listeners.imap.proxy-protocol.from[1]: "lb.example" \
                (expected: an IP address or a network such as 10.0.0.0/8)
                postern.conf: 1: listeners.imap.proxy-protocol.timeout: "0s" (expected: 100ms to 1m)""");
    }

    @Test
    void aVersionOfTlsIsOneThatThereIs() {
        assertMistakes("""
                listeners.imap.tls-rules { versions = [ SSLv3, 1.2 ], ciphers = [ "HIGH:!aNULL" ] }
                listeners.imaps.tls-rules.versions = []
                """, """
                postern.conf: 1: listeners.imap.tls-rules.versions[0]: "SSLv3" (expected: 1.0, 1.1, 1.2 or 1.3)
                postern.conf: 1: listeners.imap.tls-rules.ciphers[0]: "HIGH:!aNULL" (expected: the name of a cipher suite)
                postern.conf: 2: listeners.imaps.tls-rules.versions: a list (expected: at least one of 1.0, 1.1, 1.2 and 1.3)""");
    }

    @Test
    void aCertificateHasAKeyAndHostNamesAndANameOfItsOwn() {
        assertMistakes("""
                tls.certificates.rsa { certificate-file = rsa.pem, names = [ "imap.*.org" ] }
                tls.certificates.default { certificate-file = a.pem, key-file = a.key }
                """, """
                postern.conf: 1: tls.certificates.rsa.key-file: not set (expected: a path)
                postern.conf: 1: tls.certificates.rsa.names[0]: "imap.*.org" (expected: a host name, or one with *. in front)
                postern.conf: 2: tls.certificates.default: taken \
                (expected: another name, since this is the certificate of tls.certificate-file)""");
    }

    @Test
    void certificatesOfClientsAreSignedBySomebody() {
        assertMistakes(
                "listeners.imaps.tls-rules.client-certificates = require",
                "postern.conf: 1: listeners.imaps.tls-rules.client-certificates: \"require\" "
                        + "(expected: none, or a client-ca-file beside it)");
    }

    @Test
    void plainTextGoesToThisMachineOnly() throws Exception {
        for (String host : new String[] {"localhost", "127.0.0.1", "\"::1\""}) {
            read(UPSTREAM + "upstreams.main { host = " + host + ", imap { port = 10143, tls = none } }");
        }
        assertMistakes(
                UPSTREAM + "upstream-defaults.imap.tls = none",
                "postern.conf: 2: upstream-defaults.imap.tls: \"none\" (expected: implicit or starttls, "
                        + "or cleartext-networks, since mail.example.org is not this machine)");
    }

    @Test
    void aRouteLeadsToAnUpstream() {
        assertMistakes(UPSTREAM + """
                routes.default = other
                routes.domains {
                  "example.org" = mian
                  example.com = main
                  "@example.net" = main
                }
                """, """
                postern.conf: 2: routes.default: "other" (expected: one of main)
                postern.conf: 3: routes.domains: "@example.net" (expected: a domain without @)
                postern.conf: 4: routes.domains."example.org": "mian" (expected: one of main)
                postern.conf: 5: routes.domains.example: a section \
                (expected: one of main, and quotes around a name with dots)""");
    }

    /** B-06 */
    @Test
    void hashingMayNotTakeMoreMemoryThanThereIsForIt() {
        assertMistakes(
                "hashing { threads = 4, memory-kib = 65536, most-memory-mib = 255 }",
                "postern.conf: 1: hashing.most-memory-mib: 255 "
                        + "(expected: 256 or more, for 4 threads of memory-kib each)");
    }

    @Test
    void aStoreOutOfReachIsTold() {
        assertMistakes("""
                store.engine = mysql
                store.postgresql { url = "postgres://db/postern", user = "", connections = 1 }
                store.postgresql.password = hunter2
                store.poll-interval = 1ms
                store.on-store-loss-grace = 1s
                """, """
                postern.conf: 1: store.engine: "mysql" (expected: sqlite or postgresql)
                postern.conf: 2: store.postgresql.url: "postgres://db/postern" (expected: jdbc:postgresql://…)
                postern.conf: 2: store.postgresql.user: "" (expected: a user name)
                postern.conf: 2: store.postgresql.connections: 1 (expected: 2 to 1000)
                postern.conf: 3: store.postgresql.password: text (expected: { file = … } or { env = … })
                postern.conf: 4: store.poll-interval: "1ms" (expected: 100ms to 1m)
                postern.conf: 5: store.on-store-loss-grace: "1s" (expected: 15s to 1d, or 0s)""");
    }

    @Test
    void aPasswordInTheUrlOfTheStoreIsRefusedAndNotTold() {
        assertMistakes(
                "store.postgresql.url = \"jdbc:postgresql://db/postern?ssl=true&Password=hunter2\"",
                "postern.conf: 1: store.postgresql.url: has a password in it (expected: the password under its own key)");
    }

    @Test
    void withoutUpstreamsThereIsNoRoute() {
        assertMistakes(
                "routes.default = main",
                "postern.conf: 1: routes.default: \"main\" (expected: an upstream, and there is none)");
    }

    private static void assertMistakes(String file, String expected) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage(expected);
    }
}

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator puts into a zone file. */
class DnsRecordsCommandTest {

    private final Path config;
    private final HostCommands host;

    DnsRecordsCommandTest(@TempDir Path folder) throws Exception {
        this.config = folder.resolve("postern.conf");
        this.host = new HostCommands(folder);
    }

    @Test
    void eachDomainHasItsRecordsAndWhatIsNotOfferedIsSaidToBeAbsent() throws Exception {
        Files.writeString(config, """
                client-setup.offers {
                  main { domains = [ example.org ], host = mail.example.org
                    smtp { host = smtp.example.org, port = 587, tls = starttls } }
                  other { domains = [ example.net ], host = mail.example.net, https.port = 8443 }
                }
                """);

        assertThat(host.execute("dns-records")).as(host.complained()).isZero();
        assertThat(host.said()).startsWith("""
                ; example.org, as client-setup.offers.main has it
                _imaps._tcp.example.org. IN SRV 0 1 993 mail.example.org.
                _imap._tcp.example.org. IN SRV 0 0 0 .
                _pop3s._tcp.example.org. IN SRV 0 0 0 .
                _pop3._tcp.example.org. IN SRV 0 0 0 .
                _submissions._tcp.example.org. IN SRV 0 0 0 .
                _submission._tcp.example.org. IN SRV 0 1 587 smtp.example.org.
                _autodiscover._tcp.example.org. IN SRV 0 1 443 mail.example.org.
                autodiscover.example.org. IN CNAME mail.example.org.
                autoconfig.example.org. IN CNAME mail.example.org.
                ; The certificate that is shown for these two names must bear them: tls.certificates.
                ; example.net, as client-setup.offers.other has it
                """).endsWith("have it lead to 8443.\n");
    }

    @Test
    void oneDomainIsAskedForByName() throws Exception {
        Files.writeString(
                config, "client-setup.offers.main { domains = [ a.example, b.example ], host = mail.example }");

        assertThat(host.execute("dns-records", "B.example")).isZero();
        assertThat(host.said()).contains("_imaps._tcp.b.example. ").doesNotContain("a.example");
        assertThat(host.execute("dns-records", "c.example")).isEqualTo(1);
        assertThat(host.complained())
                .isEqualTo("c.example: in no offer (expected: one of the domains in client-setup.offers)\n");
    }

    @Test
    void withoutAnOfferThereIsNothingToPrint() {
        assertThat(host.execute("dns-records")).isEqualTo(1);
        assertThat(host.complained()).startsWith("client-setup.offers: none (expected: one");
    }
}

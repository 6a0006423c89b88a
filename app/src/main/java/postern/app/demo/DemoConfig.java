package postern.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of the demo, written where one can read it: it is also an example. */
record DemoConfig(
        Path folder,
        DemoPorts ports,
        DemoCertificates certificates,
        DemoMailServer.Ports mailServer,
        Path masterPassword) {

    Path write() throws IOException {
        Path file = folder.resolve("demo.conf");
        Files.writeString(file, text());
        return file;
    }

    private String text() {
        return """
                # Written by ./postern demo at each start. The manual is ./postern print-reference.
                data-directory = "%s"
                server-name = localhost
                listener-defaults.address = "127.0.0.1"
                listeners {
                  imap.port = %d
                  imaps.port = %d
                  pop3 { enabled = true, port = %d }
                  pop3s { enabled = true, port = %d }
                  submission { enabled = true, port = %d }
                  submissions { enabled = true, port = %d }
                  devices { enabled = true, port = %d, autodetect-wait = 1s, cleartext-networks = [ "127.0.0.1" ] }
                  https { enabled = true, port = %d }
                }
                tls { certificate-file = "%s", key-file = "%s" }
                upstreams.mail-server {
                  host = localhost
                  imap.port = %d
                  pop3.port = %d
                  smtp { port = %d, extensions = SMTPUTF8 }
                  http.port = %d
                  ca-file = "%s"
                  login { user = %s, password = { file = "%s" }, separator = "%s" }
                }
                routes.default = mail-server
                client-setup.offers.demo {
                  domains = [ example.org ], host = localhost, display-name = "Postern's demo"
                  imap.port = %d
                  pop3 { offered = true, port = %d }
                  smtp.port = %d
                  https.port = %d
                  activesync.offered = true
                }
                admin.port = %d
                management.port = %d
                shutdown.grace = 2s
                """.formatted(
                        folder,
                        ports.imap(),
                        ports.imaps(),
                        ports.pop3(),
                        ports.pop3s(),
                        ports.submission(),
                        ports.submissions(),
                        ports.devices(),
                        ports.https(),
                        certificates.certificate(),
                        certificates.key(),
                        mailServer.imaps(),
                        mailServer.pop3s(),
                        mailServer.smtps(),
                        mailServer.https(),
                        certificates.ca(),
                        DemoMailServer.MASTER_USER,
                        masterPassword,
                        DemoMailServer.SEPARATOR,
                        ports.imaps(),
                        ports.pop3s(),
                        ports.submissions(),
                        ports.https(),
                        ports.admin(),
                        ports.management());
    }
}

package postern.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration of the demo, written where one can read it: it is also an example. */
record DemoConfig(
        Path folder, DemoPorts ports, DemoCertificates certificates, int mailServerPort, Path masterPassword) {

    Path write() throws IOException {
        Path file = folder.resolve("demo.conf");
        Files.writeString(file, text());
        return file;
    }

    private String text() {
        return """
                # Written by ./postern demo at each start. The manual is ./postern print-reference.
                data-directory = "%s"
                listener-defaults.address = "127.0.0.1"
                listeners {
                  imap.port = %d
                  imaps.port = %d
                }
                tls { certificate-file = "%s", key-file = "%s" }
                upstreams.mail-server {
                  host = localhost
                  imap.port = %d
                  ca-file = "%s"
                  login { user = %s, password = { file = "%s" }, separator = "%s" }
                }
                routes.default = mail-server
                admin.port = %d
                management.port = %d
                shutdown.grace = 2s
                """.formatted(
                        folder,
                        ports.imap(),
                        ports.imaps(),
                        certificates.certificate(),
                        certificates.key(),
                        mailServerPort,
                        certificates.ca(),
                        DemoMailServer.MASTER_USER,
                        masterPassword,
                        DemoMailServer.SEPARATOR,
                        ports.admin(),
                        ports.management());
    }
}

package postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import postern.credentials.audit.AuditEntry;
import postern.credentials.audit.AuditKind;

/** E-01: what only the whole server can tell the trail. */
class AuditedServerTest {

    private final Path folder;

    AuditedServerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aLoginIsToldWithItsTlsAndARequestWithItsId() throws Exception {
        HttpResponse<String> added;
        try (WholeServer server = WholeServer.start(folder, "");
                ImapClient client = server.overTls()) {
            client.say("LOGIN ada@example.org " + server.issue(ADA).secret());
            added = server.admin("POST", "/v1/users", "{\"login_name\": \"bob@example.org\"}");
        }

        assertThat(told(AuditKind.LOGIN_SUCCESS))
                .singleElement()
                .satisfies(entry -> assertThat(entry.fields()).containsEntry("tls", "TLSv1.3"));
        assertThat(told(AuditKind.USER_CREATED).getLast().fields())
                .containsEntry(
                        "request_id", added.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void certificatesThatAreReadAgainAreToldOfAndThoseThatCannotBeToo() throws Exception {
        try (WholeServer server = WholeServer.start(folder, "")) {
            server.postern().renewCertificates();
            Files.writeString(folder.resolve("tls/fullchain.pem"), "no certificate");
            server.postern().renewCertificates();
        }

        assertThat(told(AuditKind.CONFIG_RELOADED).stream()
                        .map(entry -> entry.fields().get("outcome")))
                .containsExactly("success", "failure");
    }

    private List<AuditEntry> told(AuditKind kind) throws Exception {
        return StoredTrail.of(folder, kind);
    }
}

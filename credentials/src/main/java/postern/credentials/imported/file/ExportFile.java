package postern.credentials.imported.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import postern.credentials.SourceNetwork;
import postern.credentials.imported.ImportedPassword;

/**
 * Writes imported app passwords in our own format, a line each; read back they are the same ones.
 *
 * <p>What it writes is as good as a copy of the store: whoever has it can test guesses.
 */
public final class ExportFile {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final OutputStream out;

    /** The stream stays open. */
    public ExportFile(OutputStream out) {
        this.out = out;
    }

    public void write(ImportedPassword password) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put(GenericRows.EXTERNAL_ID, password.externalId());
        line.put(GenericRows.LOGIN_NAME, password.loginName().value());
        line.put(GenericRows.NAME, password.name());
        line.put(GenericRows.HASH, password.hash().text());
        if (!password.protocols().isEmpty()) {
            ArrayNode protocols = line.putArray(GenericRows.PROTOCOLS);
            password.protocols().forEach(protocols::add);
        }
        if (!password.networks().isEmpty()) {
            ArrayNode networks = line.putArray(GenericRows.NETWORKS);
            password.networks().stream().map(SourceNetwork::toString).forEach(networks::add);
        }
        line.put(GenericRows.CREATED_AT, password.createdAt().toString());
        password.expiresAt().ifPresent(end -> line.put(GenericRows.EXPIRES_AT, end.toString()));
        line.put(GenericRows.ACTIVE, password.active());
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }
}

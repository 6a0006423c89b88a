package postern.credentials.provider;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import net.minidev.json.JSONObject;
import postern.credentials.hash.SecretFile;

/**
 * One that may speak for everybody in a domain (Google: domain-wide delegation). Prints its name.
 *
 * @param keyId by which the provider finds the key
 */
public record ServiceAccount(String name, PrivateKey key, String keyId) {

    /** As Google hands it out. Throws what the operator must mend, and never what the file holds. */
    public static ServiceAccount read(Path file) throws IOException {
        String text = SecretFile.read(file);
        try {
            JSONObject json = JSONObjectUtils.parse(text);
            return new ServiceAccount(
                    JSONObjectUtils.getNonBlankString(json, "client_email"),
                    Pem.privateKey(file, JSONObjectUtils.getNonBlankString(json, "private_key")),
                    JSONObjectUtils.getNonBlankString(json, "private_key_id"));
        } catch (ParseException _) { // which may quote it
            throw new IOException(file + ": not a service account's key (expected: JSON with client_email, private_key"
                    + " and private_key_id)");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

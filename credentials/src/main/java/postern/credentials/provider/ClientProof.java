package postern.credentials.provider;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** What proves to a provider that it is us who ask. Prints as stars. */
public sealed interface ClientProof {

    /** Nothing: a client that can keep no secret. */
    record Nothing() implements ClientProof {}

    /** Sent with each request. */
    record SharedSecret(String secret) implements ClientProof {

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * {@code private_key_jwt}: never sent; signs a line of who asks whom, and when.
     *
     * @param certificate as the provider has it, which finds the key by its thumbprint
     */
    record SigningKey(PrivateKey key, X509Certificate certificate, Algorithm algorithm) implements ClientProof {

        /** By which it signs. */
        public enum Algorithm {
            PS256,
            RS256
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}

package postern.credentials.grant;

/**
 * A secret as the store has it. Prints the key's name and no more.
 *
 * @param keyId which of the {@link VaultKeys} opens it
 * @param wrappedKey the row's own key, sealed under that one, in Base64
 * @param sealed the secret, sealed under the row's own key, in Base64
 */
public record SealedSecret(String keyId, String wrappedKey, String sealed) {

    @Override
    public String toString() {
        return "SealedSecret[keyId=" + keyId + ", ***]";
    }
}

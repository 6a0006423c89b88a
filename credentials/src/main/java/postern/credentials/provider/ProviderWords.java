package postern.credentials.provider;

import java.util.Optional;
import postern.credentials.grant.Trouble;

/**
 * Why there was no token, for the operator; never for a mail client.
 *
 * @param code as the provider has it, for example {@code invalid_grant AADSTS700082}
 * @param words the provider's own: a stranger's, on one line, cut, with stars for what looks like a token
 * @param cause in ours
 * @param cure what to do about it
 */
public record ProviderWords(String code, String words, String cause, String cure) {

    private static final int MOST_CODE = 80;
    private static final int MOST_WORDS = 400;

    public ProviderWords {
        code = Trouble.printed(code, MOST_CODE);
        words = Trouble.printed(words, MOST_WORDS);
    }

    /** What somebody brings back from a provider's page, which sent them with an error. */
    public static ProviderWords of(String error, String description) {
        ProviderCode known = ProviderCode.of(error, description);
        String code = known.inCode().map(number -> error + " " + number).orElse(error);
        return new ProviderWords(code.isBlank() ? "no code" : code, description, known.cause(), known.cure());
    }

    /** What a trouble of old means; empty when nobody knows. */
    public static Optional<ProviderWords> of(Trouble trouble) {
        String[] parts = trouble.code().split(" ", 2);
        ProviderCode known = ProviderCode.of(parts[0], trouble.code());
        return known == ProviderCode.OTHER
                ? Optional.empty()
                : Optional.of(new ProviderWords(trouble.code(), trouble.words(), known.cause(), known.cure()));
    }

    /** As the log has it. */
    @Override
    public String toString() {
        return code + ": " + cause + (words.isEmpty() ? "" : "; it says: " + words);
    }
}

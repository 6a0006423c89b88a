package postern.credentials.provider;

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

    /** As the log has it. */
    @Override
    public String toString() {
        return code + ": " + cause + (words.isEmpty() ? "" : "; it says: " + words);
    }
}

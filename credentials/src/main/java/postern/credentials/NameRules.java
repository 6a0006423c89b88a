package postern.credentials;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a door reads what people type as their name: Outlook sends {@code CONTOSO\ada} or the bare
 * {@code ada} where the account is {@code ada@contoso.example}.
 *
 * @param defaultDomain of a bare name
 * @param windowsDomains from a Windows domain, in lower case, to the domain of mail addresses
 */
public record NameRules(Optional<String> defaultDomain, Map<String, String> windowsDomains) {

    /** A name is a name. */
    public static final NameRules NONE = new NameRules(Optional.empty(), Map.of());

    public NameRules {
        windowsDomains = Map.copyOf(windowsDomains);
    }

    /**
     * The one name of who is meant.
     *
     * @throws IllegalArgumentException when nobody can be meant
     */
    public LoginName read(String typed) {
        String name = typed.strip();
        int backslash = name.indexOf('\\');
        Optional<String> domain = backslash < 0 ? defaultDomain : Optional.of(mailDomain(name.substring(0, backslash)));
        String account = name.substring(backslash + 1);
        return new LoginName(
                account.isEmpty() || account.contains("@")
                        ? account
                        : domain.map(d -> account + "@" + d).orElse(account));
    }

    private String mailDomain(String windowsDomain) {
        String domain = windowsDomains.get(windowsDomain.toLowerCase(Locale.ROOT));
        if (domain == null) {
            throw new IllegalArgumentException("login name: of an unknown Windows domain (expected: a known one)");
        }
        return domain;
    }
}

package postern.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How to reach the store in PostgreSQL.
 *
 * @param url of JDBC, and without a secret in it: it is told in messages
 * @param password empty when the server asks for none
 * @param connections at most, one beside them for the change feed
 */
public record PostgresqlSettings(String url, String user, Optional<Secret> password, int connections) {

    private static final Pattern PASSWORD = Pattern.compile("[?&]password=", Pattern.CASE_INSENSITIVE);

    static PostgresqlSettings from(Section in) {
        String url = in.text("url", "jdbc:postgresql://…", text -> text.startsWith("jdbc:postgresql:"));
        if (PASSWORD.matcher(url).find()) {
            in.mistake("url", "has a password in it", "the password under its own key");
        }
        return new PostgresqlSettings(
                url,
                in.text("user", "a user name", text -> !text.isEmpty()),
                in.optionalSecret("password"),
                in.number("connections", 2, 1000));
    }
}

package postern.config;

/** How we log in at an upstream for somebody else. Texts are printable ASCII: they go into a command. */
public sealed interface UpstreamLoginSettings {

    /** What proves us is in the configuration, the same for all mailboxes. */
    sealed interface Configured extends UpstreamLoginSettings {}

    /**
     * As "person*user".
     *
     * @param separator between the person and the user
     */
    record MasterUser(String user, Secret password, String separator) implements Configured {}

    /** SASL PLAIN: the person acted for, the user logging in. */
    record Authzid(String user, Secret password) implements Configured {}

    /** As the mailbox, by its own password out of the vault. */
    record MailboxPassword() implements UpstreamLoginSettings {}

    /** With an access token. */
    record OAuth(OAuthSettings settings) implements UpstreamLoginSettings {}

    /** As operators write them. */
    enum Strategy {
        MASTER_USER,
        AUTHZID,
        MAILBOX_PASSWORD,
        OAUTH
    }

    static UpstreamLoginSettings from(Section in) {
        Strategy strategy = in.choice("strategy", Strategy.values());
        OAuthSettings oauth = OAuthSettings.from(strategy == Strategy.OAUTH ? in.section("oauth") : in.spare("oauth"));
        return switch (strategy) {
            case MASTER_USER ->
                new MasterUser(
                        user(in),
                        password(in),
                        in.text("separator", "one printable character", text -> text.matches("[\\x21-\\x7e]")));
            case AUTHZID -> new Authzid(user(in), password(in));
            case MAILBOX_PASSWORD -> new MailboxPassword();
            case OAUTH -> new OAuth(oauth);
        };
    }

    private static String user(Section in) {
        return in.text("user", "printable ASCII", Values::isPlain);
    }

    private static Secret password(Section in) {
        Secret password = in.secret("password");
        if (password != Secret.NONE && !Values.isPlain(password.reveal())) {
            in.mistake("password", "other characters", "printable ASCII");
        }
        return password;
    }
}

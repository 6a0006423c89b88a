package postern.config;

/** How we log in at an upstream for somebody else. Texts are printable ASCII: they go into a command. */
public sealed interface UpstreamLoginSettings {

    /**
     * As "person*user".
     *
     * @param separator between the person and the user
     */
    record MasterUser(String user, Secret password, String separator) implements UpstreamLoginSettings {}

    /** SASL PLAIN: the person acted for, the user logging in. */
    record Authzid(String user, Secret password) implements UpstreamLoginSettings {}

    /** As operators write them. */
    enum Strategy {
        MASTER_USER,
        AUTHZID
    }

    static UpstreamLoginSettings from(Section in) {
        return switch (in.choice("strategy", Strategy.values())) {
            case MASTER_USER ->
                new MasterUser(
                        user(in),
                        password(in),
                        in.text("separator", "one printable character", text -> text.matches("[\\x21-\\x7e]")));
            case AUTHZID -> new Authzid(user(in), password(in));
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

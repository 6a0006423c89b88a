package postern.config;

/**
 * How we log in at an upstream for somebody else.
 *
 * @param user printable ASCII, like the password and the separator: they go into a command
 * @param separator between the person and the user, for a master user
 */
public record UpstreamLoginSettings(Strategy strategy, String user, Secret password, String separator) {

    /** Whose name goes where. */
    public enum Strategy {
        /** As "person*user". */
        MASTER_USER,
        /** SASL PLAIN: the person acted for, the user logging in. */
        AUTHZID
    }

    static UpstreamLoginSettings from(Section in) {
        Secret password = in.secret("password");
        if (password != Secret.NONE && !Values.isPlain(password.reveal())) {
            in.mistake("password", "other characters", "printable ASCII");
        }
        return new UpstreamLoginSettings(
                in.choice("strategy", Strategy.values()),
                in.text("user", "printable ASCII", Values::isPlain),
                password,
                in.text("separator", "one printable character", text -> text.matches("[\\x21-\\x7e]")));
    }
}

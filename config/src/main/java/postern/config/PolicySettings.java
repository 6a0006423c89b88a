package postern.config;

/** What people are allowed. */
public record PolicySettings(int appPasswordsPerPerson) {

    static PolicySettings from(Section in) {
        return new PolicySettings(in.number("app-passwords-per-person", 1, 100));
    }
}

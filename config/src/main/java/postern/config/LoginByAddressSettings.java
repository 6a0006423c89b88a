package postern.config;

import java.util.List;

/**
 * Who is logged in for where they come from, without a password.
 *
 * @param networks from where; none: nobody is
 * @param account its login name
 * @param appPassword the id of one of its app passwords, which the address stands for
 */
public record LoginByAddressSettings(List<String> networks, String account, String appPassword) {

    /** A password is asked for. */
    public static final LoginByAddressSettings NONE = new LoginByAddressSettings(List.of(), "", "");

    /** Who is in one sends, so it is at most what stands in one house. */
    private static final int WIDEST_IPV4 = 16;

    private static final int WIDEST_IPV6 = 48;

    private static final String SIGN = "[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}.!#$&'+/=?^_`|~-]";
    private static final String LABEL = "[\\p{L}\\p{Nd}\\p{Mn}\\p{Mc}-]{1,63}";
    private static final String NAME = "(%s{1,64}(@(?=.{1,255}$)%s(\\.%s)*)?)?".formatted(SIGN, LABEL, LABEL);

    static LoginByAddressSettings from(Section in, DoorProtocol spoken) {
        LoginByAddressSettings login = new LoginByAddressSettings(
                in.ownNetworks("networks", WIDEST_IPV4, WIDEST_IPV6),
                in.text("account", "a login name", text -> text.matches(NAME)),
                in.text(
                        "app-password",
                        "the id of an app password, apw_ and 16 of a-z0-9",
                        text -> text.matches("(apw_[0-9a-z]{16})?")));
        if (login.networks.isEmpty()) {
            return login;
        }
        if (spoken != DoorProtocol.SMTP) {
            in.mistake("networks", "none, unless protocol is smtp");
        }
        if (in.isEmpty("account") || in.isEmpty("app-password")) {
            in.mistake("networks", "none, or an account and an app-password beside it");
        }
        return login;
    }
}

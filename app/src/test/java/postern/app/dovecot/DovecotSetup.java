package postern.app.dovecot;

import java.util.Optional;
import postern.app.provider.TokenHouse;

/**
 * What one Dovecot has that others have not.
 *
 * @param relayPort on this machine, where what is submitted goes
 * @param house whose tokens it takes
 * @param trusted networks that it believes when they say where a client comes from; a space between two
 */
public record DovecotSetup(int relayPort, Optional<TokenHouse> house, String trusted) {

    private static final int NOBODY_RELAYS = 9; // discard

    public static final DovecotSetup PLAIN = new DovecotSetup(NOBODY_RELAYS, Optional.empty(), "");

    public static DovecotSetup relayingTo(int port) {
        return new DovecotSetup(port, Optional.empty(), "");
    }

    public DovecotSetup taking(TokenHouse tokens) {
        return new DovecotSetup(relayPort, Optional.of(tokens), trusted);
    }

    public DovecotSetup trusting(String networks) {
        return new DovecotSetup(relayPort, house, networks);
    }
}

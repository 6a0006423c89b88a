package postern.credentials.setup;

import java.time.Instant;
import java.util.List;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.grant.Bound;

/**
 * A link as the store knows it: all but the token, which only who made it was told, and the secret.
 *
 * @param tokenHash by which it is found
 */
public record SetupLink(
        String tokenHash, LoginName owner, AppPasswordId appPassword, LoginName address, SetupKind kind, Instant endsAt)
        implements Bound {

    @Override
    public String use() {
        return "postern setup link 1";
    }

    @Override
    public List<String> terms() {
        return List.of(tokenHash, owner.value(), appPassword.value(), address.value(), kind.name());
    }

    @Override
    public String told() {
        return "set-up link for " + appPassword;
    }

    @Override
    public String toldOwner() {
        return owner.toString();
    }
}

package postern.credentials.setup;

import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.grant.GrantSecret;

/**
 * What a link leads to. Its secret is wiped on close.
 *
 * @param owner the account
 * @param address as whom the phone logs in, which may be another of its names
 * @param secret the app password as it was typed
 */
public record LinkContents(
        LoginName owner, AppPasswordId appPassword, LoginName address, SetupKind kind, GrantSecret secret)
        implements AutoCloseable {

    @Override
    public void close() {
        secret.close();
    }
}

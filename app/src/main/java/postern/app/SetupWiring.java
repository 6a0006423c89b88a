package postern.app;

import java.security.SecureRandom;
import java.time.InstantSource;
import postern.config.Settings;
import postern.credentials.Authenticator;
import postern.credentials.grant.Envelope;
import postern.credentials.setup.SetupLinks;
import postern.proxy.setup.ClientSetup;

/** What mail programs are told that ask how to set themselves up. */
final class SetupWiring {

    private static final InstantSource CLOCK = InstantSource.system();

    private SetupWiring() {}

    /** @param envelope of the vault: what seals grants seals what a link leads to, too */
    static ClientSetup clientSetup(
            Settings settings, Stores stores, Envelope envelope, Authenticator authenticator, SecureRandom random) {
        SetupLinks links = new SetupLinks(
                stores.setupLinks(), envelope, settings.clientSetup().linkLasts(), CLOCK, random);
        return new ClientSetup(settings.clientSetup(), authenticator, links, Thread::startVirtualThread);
    }
}

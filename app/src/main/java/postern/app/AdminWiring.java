package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import postern.admin.AdminServer;
import postern.admin.Domain;
import postern.admin.TokenGate;
import postern.config.AdminSettings;
import postern.config.Settings;
import postern.credentials.Policy;
import postern.credentials.administration.ApiTokens;
import postern.credentials.issue.AppPasswordChanges;
import postern.credentials.issue.AppPasswordIssuer;
import postern.proxy.listen.EventLoops;
import postern.web.Pace;
import postern.web.Repeats;
import postern.web.RoutedService.Manners;
import postern.web.TlsFiles;

/** The admin API, with all that it reaches. */
record AdminWiring(Settings settings, Stores stores, Shutdown shutdown, SecureRandom random) {

    private static final InstantSource CLOCK = InstantSource.system();

    AdminServer open(ApiTokens apiTokens, AppPasswordIssuer issuer, TokenWiring tokens, EventLoops loops)
            throws IOException, StartException {
        AdminSettings admin = settings.admin();
        Manners manners = new Manners(
                new TokenGate(apiTokens, CLOCK),
                new Pace(admin.requestsPerMinute(), Ticker.systemTicker()),
                new Repeats(stores.earlierReplies()));
        return shutdown.of(
                "admin API",
                AdminServer.open(
                        new InetSocketAddress(admin.address(), admin.port()),
                        new TlsFiles(
                                settings.tls().certificateFile(), settings.tls().keyFile()),
                        loops.group(),
                        manners,
                        domain(apiTokens, issuer, tokens),
                        CLOCK));
    }

    private Domain domain(ApiTokens apiTokens, AppPasswordIssuer issuer, TokenWiring tokens)
            throws StartException, IOException {
        Policy policy = PolicyWiring.configuration(settings.policy());
        return new Domain(
                new Domain.People(stores.accounts(), stores.accountList(), stores.policies(), policy),
                new Domain.Issuing(
                        stores.credentials(),
                        issuer,
                        new AppPasswordChanges(stores.credentials(), policy),
                        stores.appPasswordList()),
                new Domain.Watching(
                        stores.sessionBoard(),
                        stores.sessionEnds(),
                        stores.holds(),
                        stores.familiarSources(),
                        stores.reports(),
                        stores.trail()),
                new Domain.Opening(
                        tokens.vault(), ConsentWiring.consents(settings, stores, tokens.vault(), shutdown, random)),
                apiTokens,
                stores.jobs(),
                new Domain.Host(
                        Main.Version.text(),
                        settings.audit().node(),
                        settings.store().engine().name().toLowerCase(Locale.ROOT),
                        CLOCK.instant().truncatedTo(ChronoUnit.MILLIS),
                        KeysCommand.list(settings, stores)));
    }
}

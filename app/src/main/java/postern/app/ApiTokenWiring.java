package postern.app;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import postern.config.AdminSettings;
import postern.config.Settings;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.TokenLife;
import postern.credentials.administration.TokenUses;

/** From settings to the tokens of the admin API. */
final class ApiTokenWiring {

    private static final Ticker TICKER = Ticker.systemTicker();

    private ApiTokenWiring() {}

    /** Of a server: they follow what is changed, and how they are used is written down. */
    static ApiTokens following(Settings settings, Stores stores, Shutdown shutdown, SecureRandom random) {
        TokenUses uses = shutdown.of("uses of API tokens", TokenUses.open(stores.apiTokens(), TICKER));
        ApiTokens tokens = tokens(settings, stores, uses, random);
        stores.feed().listen(tokens::heard);
        return tokens;
    }

    /** Of a command on the host, which makes some. */
    static ApiTokens tokens(Settings settings, Stores stores, SecureRandom random) {
        return tokens(settings, stores, new TokenUses(stores.apiTokens(), TICKER), random);
    }

    private static ApiTokens tokens(Settings settings, Stores stores, TokenUses uses, SecureRandom random) {
        AdminSettings admin = settings.admin();
        TokenLife life = new TokenLife(admin.tokenLife(), admin.mostTokenLife());
        return new ApiTokens(stores.apiTokens(), uses, life, random, TICKER);
    }
}

package postern.credentials.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.ROOT;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Role;
import postern.credentials.StoreUnavailableException;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.CallerOutcome;
import postern.credentials.administration.CallerOutcome.Known;
import postern.credentials.administration.CallerOutcome.Reason;
import postern.credentials.administration.CallerOutcome.Refused;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenLife;
import postern.credentials.administration.TokenOrder;
import postern.credentials.administration.TokenUses;

/** Two nodes on one PostgreSQL, each of which knows a token by heart. */
class ApiTokenNodesTest {

    private static final TokenLife LIFE = new TokenLife(Duration.ofDays(90), Duration.ofDays(365));

    private final String url = SamplePostgres.url();
    private final Node here;
    private final Node there;

    /** Neither looks by itself within a test: what is heard is heard by signal. */
    ApiTokenNodesTest() throws StoreUnavailableException {
        this.here = Node.on(SamplePostgres.open(url), Node.SELDOM);
        this.there = Node.on(SamplePostgres.open(url), Node.SELDOM);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void whatIsRevokedHereIsSoonRefusedThere() throws Exception {
        ApiTokens tokens = tokensOf(here);
        ApiTokens others = tokensOf(there);
        Made made = (Made) tokens.issue(TokenOrder.of("x", Role.OWNER), Caller.of(ROOT.actor(), Role.OWNER), ROOT);
        assertThat(shown(made, others)).isInstanceOf(Known.class);

        tokens.revoke(made.made().id(), ROOT);

        Refused revoked = new Refused(Reason.REVOKED, Optional.of(made.made().id()));
        assertThat(shown(made, tokens)).isEqualTo(revoked);
        await().atMost(Duration.ofSeconds(10)).until(() -> shown(made, others).equals(revoked));
    }

    private static ApiTokens tokensOf(Node node) {
        SqlApiTokens rows = new SqlApiTokens(node.sample().changes());
        ApiTokens tokens = new ApiTokens(
                rows, new TokenUses(rows, Ticker.systemTicker()), LIFE, new SecureRandom(), Ticker.systemTicker());
        node.feed().listen(tokens::heard);
        return tokens;
    }

    private static CallerOutcome shown(Made made, ApiTokens tokens) throws StoreUnavailableException {
        return tokens.caller(made.token().reveal(), InetAddress.getLoopbackAddress(), MONDAY);
    }
}

package postern.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static postern.admin.RunningAdmin.TOKEN;
import static postern.admin.RunningAdmin.TOKEN_ID;
import static postern.credentials.SampleLogins.ROOT;
import static postern.credentials.SampleLogins.SCANNER;
import static postern.credentials.SampleLogins.SCANNER_SECRET;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import postern.credentials.Actor;
import postern.credentials.Role;
import postern.credentials.SampleStore;
import postern.credentials.SourceNetwork;
import postern.credentials.administration.ApiTokens;
import postern.credentials.administration.Caller;
import postern.credentials.administration.TokenIssue.Made;
import postern.credentials.administration.TokenOrder;
import postern.credentials.store.MovedClock;
import postern.web.Refusal;

/** Who is let in, and what the operator hears of who is not. */
class TokenGateTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.7");

    private final SampleStore store = SampleStore.with(SCANNER);
    private final MovedClock clock = new MovedClock();
    private final ApiTokens tokens;
    private final TokenGate gate;
    private CapturedLog log = new CapturedLog();

    TokenGateTest() {
        this.tokens = RunningAdmin.tokens(store);
        this.gate = new TokenGate(tokens, clock);
    }

    @BeforeEach
    void listen() {
        log.close();
        log = new CapturedLog();
    }

    @AfterEach
    void close() {
        log.close();
        store.close();
    }

    @Test
    void whoBearsATokenIsWhomItSays() throws Exception {
        assertThat(gate.pass(bearing("Bearer " + TOKEN), HERE))
                .isEqualTo(Caller.of(Actor.token(TOKEN_ID.value()), Role.OWNER));
        assertThat(gate.pass(bearing("bearer   " + TOKEN + " "), HERE).role()).isEqualTo(Role.OWNER);
        assertThat(log.text()).isEmpty();
    }

    @Test
    void whoBearsNoneHearsNoMoreThanAnybody() {
        assertRefused("", "INFO", "reason=no_token client=192.0.2.7");
        assertRefused("Basic " + TOKEN, "INFO", "reason=no_token");
        assertRefused("Bearer", "INFO", "reason=no_token");
        assertRefused("Bearer " + TOKEN + "x", "INFO", "reason=no_token");
        assertRefused("Bearer pst_aTokenThatWasNeverMade012345671w3CUB", "INFO", "reason=unknown");
    }

    /** T-05 */
    @Test
    void anAppPasswordOpensNothingHere() {
        assertRefused("Bearer " + SCANNER_SECRET, "INFO", "reason=no_token");
    }

    @Test
    void theOperatorHearsOfATokenThatOpensNothingAnyMore() throws Exception {
        clock.pass(Duration.ofDays(90).minusMillis(1));
        assertThat(gate.pass(bearing("Bearer " + TOKEN), HERE).role()).isEqualTo(Role.OWNER);
        clock.pass(Duration.ofMillis(1));
        assertRefused("Bearer " + TOKEN, "WARN", "reason=expired client=192.0.2.7 token=" + TOKEN_ID);

        tokens.revoke(TOKEN_ID, ROOT);
        assertRefused("Bearer " + TOKEN, "WARN", "reason=revoked client=192.0.2.7 token=" + TOKEN_ID);
    }

    @Test
    void fromAnotherNetworkATokenIsNone() throws Exception {
        TokenOrder order = TokenOrder.of("x", Role.SUPPORT).withNetworks(List.of(SourceNetwork.parse("10.0.0.0/8")));
        Made made = (Made) tokens.issue(order, Caller.of(ROOT.actor(), Role.OWNER), ROOT);
        String authorization = "Bearer " + made.token().reveal();

        assertThat(gate.pass(bearing(authorization), InetAddress.ofLiteral("10.1.2.3"))
                        .role())
                .isEqualTo(Role.SUPPORT);
        assertRefused(
                authorization,
                "WARN",
                "reason=other_network client=192.0.2.7 token=" + made.made().id());
    }

    private void assertRefused(String authorization, String level, String told) {
        assertThatThrownBy(() -> gate.pass(bearing(authorization), HERE))
                .isInstanceOf(Refusal.class)
                .hasMessage("authorization: missing or wrong (expected: Bearer and the API token)");
        assertThat(log.lines().getLast())
                .contains(level, "API token refused", told)
                .doesNotContain("pst_");
    }

    private static RequestHeaders bearing(String authorization) {
        return RequestHeaders.of(HttpMethod.GET, "/v1/users", "Authorization", authorization);
    }
}

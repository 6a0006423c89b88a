package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpstreamExceptionTest {

    @Test
    void tellsTheOperatorWhoWasDoingWhatAndWhereToLook() {
        assertThat(new UpstreamException(
                        UpstreamFailure.REFUSED,
                        "mail.example:993",
                        "logging in as ada@example.org",
                        "L1 NO no such mailbox",
                        "upstreams.home.login"))
                .hasMessage("mail.example:993: logging in as ada@example.org: L1 NO no such mailbox"
                        + " (look at: upstreams.home.login)")
                .hasNoCause();
    }

    @Test
    void hasNoStackBecauseAMailServerThatIsDownIsNoBugOfOurs() {
        assertThat(new UpstreamException(UpstreamFailure.UNREACHABLE, "", "", "", "").getStackTrace())
                .isEmpty();
    }
}

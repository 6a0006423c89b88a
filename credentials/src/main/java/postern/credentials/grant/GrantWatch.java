package postern.credentials.grant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.By;
import postern.credentials.StoreUnavailableException;

/** Tells the operator of grants that end soon, while their owners can still do something about it. */
public final class GrantWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GrantWatch.class);

    private final GrantEnds ends;
    private final Optional<Duration> warnBefore;
    private final InstantSource clock;
    private volatile int ending;

    /** @param warnBefore empty: nobody is told */
    public GrantWatch(GrantEnds ends, Optional<Duration> warnBefore, InstantSource clock) {
        this.ends = ends;
        this.warnBefore = warnBefore;
        this.clock = clock;
    }

    /** How many there were when it was looked last. */
    public int ending() {
        return ending;
    }

    /** Looks once, and waits for the store. */
    public void look() throws StoreUnavailableException {
        if (warnBefore.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant then = now.plus(warnBefore.get());
        ending = ends.endingBefore(then);
        if (ending > 0) {
            tell(ends.toTellOf(then, By.system("grants", now)), now);
        }
    }

    private static void tell(List<Grant> grants, Instant now) {
        for (Grant grant : grants) {
            LOG.atWarn()
                    .addKeyValue("login_name", grant.owner())
                    .addKeyValue("upstream", grant.upstream())
                    .addKeyValue("cause", told(grant, now))
                    .log("a consent ends soon");
        }
    }

    private static String told(Grant grant, Instant now) {
        return "in " + grant.daysLeft(now).orElse(0L) + " days, unless it is used; "
                + grant.refreshedAt().map(at -> "last used " + at).orElse("never used");
    }
}

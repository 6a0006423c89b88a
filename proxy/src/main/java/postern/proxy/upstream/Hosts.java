package postern.proxy.upstream;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.UpstreamDialing;
import postern.config.UpstreamDoorSettings;
import postern.credentials.Protocol;

/**
 * Which of an upstream's hosts to try by one protocol: the first in the order of the configuration that is up, since the others
 * stand by. For all threads.
 *
 * <pre>
 *   up ── failures in a row ──→ down ── after a rest ──→ one login tries it
 *   ↑                            ↑                        │           │
 *   │                            ╰──────── fails ─────────╯           │
 *   ╰─────────────────────────────────── answers ─────────────────────╯
 * </pre>
 */
public final class Hosts {

    private static final Logger LOG = LoggerFactory.getLogger(Hosts.class);

    private final String upstream;
    private final Protocol protocol;
    private final UpstreamDialing rules;
    private final Ticker ticker;
    private final Map<String, Health> all = new LinkedHashMap<>();

    private static final class Health {
        int failures;
        boolean down;
        boolean tried;
        long restsUntil;
    }

    public Hosts(String upstream, Protocol protocol, UpstreamDoorSettings door, UpstreamDialing rules, Ticker ticker) {
        this.upstream = upstream;
        this.protocol = protocol;
        this.rules = rules;
        this.ticker = ticker;
        door.hosts().forEach(host -> all.put(host, new Health()));
    }

    /**
     * Whoever takes one says what came of it, by {@link #answered}, {@link #failed} or {@link #left}.
     *
     * @param tried by this login already; one of them only when there is no other
     */
    public synchronized Optional<String> next(Set<String> tried) {
        for (Map.Entry<String, Health> host : all.entrySet()) {
            if (!tried.contains(host.getKey()) && mayBeTried(host.getValue())) {
                return Optional.of(host.getKey());
            }
        }
        return all.entrySet().stream()
                .filter(host -> !host.getValue().down)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean mayBeTried(Health health) {
        if (!health.down) {
            return true;
        }
        boolean may = !health.tried && ticker.read() - health.restsUntil >= 0;
        health.tried |= may;
        return may;
    }

    /** It is there, whatever it said. */
    public synchronized void answered(String host) {
        Health health = of(host);
        if (health.down) {
            LOG.atInfo()
                    .addKeyValue("upstream", upstream)
                    .addKeyValue("protocol", protocol)
                    .addKeyValue("host", host)
                    .log("upstream host is up again");
        }
        health.failures = 0;
        health.down = false;
        health.tried = false;
    }

    /** It did not answer, or hung up. */
    public synchronized void failed(String host, String cause) {
        Health health = of(host);
        health.failures++;
        if (health.down && health.tried) {
            rest(health);
        } else if (!health.down && health.failures >= rules.downAfter()) {
            health.down = true;
            rest(health);
            LOG.atWarn()
                    .addKeyValue("upstream", upstream)
                    .addKeyValue("protocol", protocol)
                    .addKeyValue("host", host)
                    .addKeyValue("cause", cause)
                    .log("upstream host is down");
        }
    }

    /** Nobody tried it in the end. */
    public synchronized void left(String host) {
        of(host).tried = false;
    }

    private void rest(Health health) {
        health.tried = false;
        health.restsUntil = ticker.read() + rules.downFor().toNanos();
    }

    private Health of(String host) {
        return Objects.requireNonNull(all.get(host), host);
    }

    public synchronized long up() {
        return all.values().stream().filter(health -> !health.down).count();
    }

    public synchronized long down() {
        return all.size() - up();
    }
}

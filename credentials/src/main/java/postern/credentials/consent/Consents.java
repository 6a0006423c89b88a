package postern.credentials.consent;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import postern.credentials.Actor;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.consent.Beginning.Link;
import postern.credentials.consent.Beginning.NotPossible;
import postern.credentials.consent.ConsentOutcome.NotKept;
import postern.credentials.consent.ConsentOutcome.Reason;
import postern.credentials.grant.GrantVault;
import postern.credentials.provider.ConsentQuestion;
import postern.credentials.provider.DeviceAnswer;
import postern.credentials.provider.DeviceQuestion;
import postern.credentials.provider.ProviderWords;
import postern.credentials.provider.TokenAnswer;

/**
 * Asks the owner of a mailbox at a provider's page to let us in (authorization code with PKCE), and takes
 * what they bring back:
 *
 * <pre>
 * begin ──link──→ provider's page ──state, code──→ finish: whose? from where? ──code, verifier──→ token endpoint
 *                                                                                  whose token? ──→ vault
 * </pre>
 *
 * <p>Waits for the store and the provider; never on an event loop.
 */
public final class Consents {

    /** Longer than any provider's, and shorter than what a header may have. */
    private static final int MOST_OF_A_CODE = 6 * 1024;

    /** For who waits on a thread of its own. */
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final Map<String, ConsentUpstream> upstreams;
    private final ConsentStore store;
    private final ConsentKeeper keeper;
    private final Duration linkLasts;
    private final InstantSource clock;
    private final SecureRandom random;

    /** @param upstreams by name; those that people let us into */
    public Consents(
            Map<String, ConsentUpstream> upstreams,
            ConsentStore store,
            GrantVault vault,
            Duration linkLasts,
            InstantSource clock,
            SecureRandom random) {
        this.upstreams = new TreeMap<>(upstreams);
        this.store = store;
        this.keeper = new ConsentKeeper(store, vault, clock);
        this.linkLasts = linkLasts;
        this.clock = clock;
        this.random = random;
    }

    /** Makes a link for them, in place of the one before. */
    public Beginning begin(LoginName mailbox, String upstream, By by) throws StoreUnavailableException {
        ConsentUpstream at = upstreams.get(upstream);
        if (at == null) {
            return noSuch();
        }
        if (at.redirect().isEmpty()) {
            return new NotPossible("consent.public-url, or authorization-endpoint of " + upstream
                    + ": not set (expected: where people come back to, and where they go)");
        }
        LoginName owner = at.ownerFor(mailbox);
        Ticket ticket = Ticket.draw(random);
        Instant endsAt = clock.instant().plus(linkLasts);
        store.begin(new BegunConsent(owner, upstream, Ticket.hash(ticket.state()), ticket.kept(), endsAt), by);
        URI page = at.client()
                .consentPage(new ConsentQuestion(
                        at.redirect().get(),
                        ticket.state(),
                        ticket.nonce(),
                        ticket.verifier(),
                        at.signInNameOf(owner).value()));
        return new Link(page, owner, endsAt);
    }

    /** Has the provider make a code for them, which they type wherever they have a browser. */
    public DeviceBeginning beginByDevice(LoginName mailbox, String upstream) {
        ConsentUpstream at = upstreams.get(upstream);
        if (at == null) {
            return noSuch();
        }
        if (!at.hasDeviceCodes()) {
            return new NotPossible("device-endpoint of " + upstream + ": not set (expected: where codes are made)");
        }
        return switch (at.client().deviceCode()) {
            case DeviceAnswer.Asked(DeviceQuestion question) ->
                new DeviceBeginning.Code(
                        upstream,
                        at.ownerFor(mailbox),
                        question,
                        clock.instant().plus(question.life()));
            case DeviceAnswer.NotAsked(ProviderWords why) ->
                new NotPossible("device-endpoint of " + upstream + ": " + why + " (what helps: " + why.cure() + ")");
        };
    }

    /** Waits until they have typed it, or it is too late. */
    public ConsentOutcome await(DeviceBeginning.Code code, Actor actor, Pause pause)
            throws StoreUnavailableException, InterruptedException {
        ConsentUpstream at = Objects.requireNonNull(upstreams.get(code.upstream()));
        TokenAnswer answer = new DeviceWait(at.client(), clock, pause).outcome(code.question(), code.endsAt());
        By by = new By(actor, Optional.empty(), clock.instant());
        return keeper.keep(at, code.owner(), answer, Optional.empty(), by);
    }

    private NotPossible noSuch() {
        return new NotPossible("upstream: " + (upstreams.isEmpty() ? "none" : "another")
                + " (expected: one that people let us into: " + String.join(", ", upstreams.keySet()) + ")");
    }

    /**
     * Somebody comes back, to the place that was named for this upstream: each has its own, so that what one
     * provider gives is never shown to another.
     *
     * @param requestId under which the access log and the audit trail tell of it
     */
    public ConsentOutcome finish(String upstream, ComingBack back, String requestId) throws StoreUnavailableException {
        Instant now = clock.instant();
        Optional<String> state = back.state().filter(Ticket::isState);
        Optional<BegunConsent> begun = state.isEmpty() ? Optional.empty() : store.take(Ticket.hash(state.get()), now);
        ConsentUpstream at = begun.map(one -> upstreams.get(one.upstream())).orElse(null);
        if (begun.isEmpty() || at == null) {
            return new NotKept(Reason.NOT_ASKED, notAsked());
        }
        LoginName owner = begun.get().owner();
        By by = By.person(owner, now).during(requestId);
        if (!at.name().equals(upstream) || !at.client().mayHaveSent(back.iss())) {
            return keeper.notKept(at, owner, Reason.MIXED_UP, mixedUp(), by);
        }
        if (back.error().isPresent()) {
            ProviderWords why =
                    ProviderWords.of(back.error().get(), back.description().orElse(""));
            return keeper.notKept(at, owner, Reason.DECLINED, why, by);
        }
        Optional<String> code = back.code().filter(Consents::isCode);
        if (code.isEmpty()) {
            return keeper.notKept(at, owner, Reason.DECLINED, noCode(), by);
        }
        Ticket ticket = new Ticket(state.orElseThrow(), begun.get().kept());
        TokenAnswer answer = at.client().byCode(code.get(), at.redirect().orElseThrow(), ticket.verifier());
        return keeper.keep(at, owner, answer, Optional.of(ticket.nonce()), by);
    }

    private static boolean isCode(String text) {
        return !text.isBlank() && text.length() <= MOST_OF_A_CODE;
    }

    private static ProviderWords notAsked() {
        return new ProviderWords(
                Reason.NOT_ASKED.toString(),
                "",
                "this link was used before, is too old, or a newer one has taken its place",
                "ask for another link");
    }

    private static ProviderWords mixedUp() {
        return new ProviderWords(
                Reason.MIXED_UP.toString(),
                "",
                "the answer comes from another provider than the one that was asked",
                "ask for another link; somebody may have wanted to steal the consent");
    }

    private static ProviderWords noCode() {
        return new ProviderWords(
                "no code", "", "the provider sent neither a code nor an error", "ask for another link");
    }
}

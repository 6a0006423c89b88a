package postern.proxy.setup;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import postern.config.SetupOffer;
import postern.credentials.Authenticator;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.PresentedSecret;
import postern.credentials.Protocol;
import postern.credentials.StoreUnavailableException;
import postern.credentials.grant.GrantSecret;
import postern.credentials.setup.LinkContents;
import postern.credentials.setup.SetupKind;
import postern.credentials.setup.SetupLinks;
import postern.credentials.setup.SetupLinks.Made;
import postern.proxy.setup.Offers.Asked;

/**
 * Profiles with an app password in them. It comes in a form, never in an address, and goes out by a link that works once:
 *
 * <pre>
 * POST address, app password, kind → a login like any other → link → GET → the profile, once
 * </pre>
 */
final class ProfileLinks {

    /** Each may look into the store and write there; strangers must not take all of it for themselves. */
    private static final int AT_ONCE = 16;

    private final Offers offers;
    private final Authenticator authenticator;
    private final SetupLinks links;
    private final Executor threads;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param threads for what waits for the store */
    ProfileLinks(Offers offers, Authenticator authenticator, SetupLinks links, Executor threads) {
        this.offers = offers;
        this.authenticator = authenticator;
        this.links = links;
        this.threads = threads;
    }

    /**
     * Who asks.
     *
     * @param tls the version that they came by
     * @param requestId under which the audit trail tells of it
     * @param gone completes when nobody waits for the answer any more
     */
    record Caller(InetAddress client, Optional<String> tls, String requestId, CompletionStage<?> gone) {}

    /** Wipes the form. */
    CompletionStage<SetupReply> make(Caller caller, byte[] form) {
        try (FormFields fields = FormFields.read(form)) {
            Optional<Asked> asked = offers.of(fields.text("address"));
            if (asked.isEmpty()) {
                return answered(SetupPages.noSuchDomain());
            }
            Optional<SetupKind> kind = SetupKind.parse(fields.text("kind"))
                    .filter(one -> AppleProfile.isOffered(asked.get().offer(), one));
            if (kind.isEmpty()) {
                return answered(SetupPages.notOffered());
            }
            Optional<byte[]> typed = fields.secret("app_password");
            if (typed.isEmpty() || !maybeWritten(typed.get())) {
                typed.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
                return answered(SetupPages.noForm());
            }
            return proved(caller, asked.get(), kind.get(), typed.get());
        }
    }

    private CompletionStage<SetupReply> proved(Caller caller, Asked asked, SetupKind kind, byte[] typed) {
        GrantSecret kept = GrantSecret.of(typed.clone());
        LoginAttempt attempt = new LoginAttempt(
                protocol(asked.offer(), kind),
                asked.address(),
                PresentedSecret.typed(typed),
                caller.client(),
                Optional.empty(),
                caller.tls(),
                caller.gone());
        return authenticator
                .authenticate(attempt)
                .thenCompose(outcome -> told(caller, asked, kind, kept, outcome))
                .whenComplete((_, _) -> kept.close());
    }

    /** The one by which the device will read. */
    private static Protocol protocol(SetupOffer offer, SetupKind kind) {
        return switch (kind) {
            case MAIL -> offer.imap().isPresent() ? Protocol.IMAP : Protocol.POP3;
            case ACTIVESYNC -> Protocol.ACTIVESYNC;
        };
    }

    private CompletionStage<SetupReply> told(
            Caller caller, Asked asked, SetupKind kind, GrantSecret secret, LoginOutcome outcome) {
        return switch (outcome) {
            case Accepted accepted -> {
                LinkContents contents =
                        new LinkContents(accepted.name(), accepted.used(), asked.address(), kind, secret);
                yield CompletableFuture.supplyAsync(() -> inPlace(() -> link(contents, caller)), threads);
            }
            case Denied _, Slowed _, TurnedAway _ -> answered(SetupPages.refused());
            case Unavailable _ -> answered(SetupPages.later());
        };
    }

    private SetupReply link(LinkContents contents, Caller caller) {
        try {
            Optional<Made> made = links.make(contents, caller.requestId());
            return made.map(one -> SetupPages.made(SetupPath.LINKS + one.token(), one.endsAt()))
                    .orElseGet(SetupPages::refused);
        } catch (StoreUnavailableException _) {
            return SetupPages.later();
        }
    }

    CompletionStage<SetupReply> take(String token) {
        return CompletableFuture.supplyAsync(() -> inPlace(() -> taken(token)), threads);
    }

    private SetupReply taken(String token) {
        try {
            Optional<LinkContents> contents = links.take(token);
            return contents.flatMap(this::profile).orElseGet(SetupPages::usedUp);
        } catch (StoreUnavailableException _) {
            return SetupPages.later();
        }
    }

    /** Nothing when the configuration has changed since, and offers it no more. */
    private Optional<SetupReply> profile(LinkContents contents) {
        try (contents) {
            return offers.of(contents.address().value())
                    .filter(asked -> AppleProfile.isOffered(asked.offer(), contents.kind()))
                    .map(asked -> SetupReply.profile(
                            AppleProfile.of(asked, contents.kind(), Optional.of(contents.secret()))));
        }
    }

    private SetupReply inPlace(Supplier<SetupReply> work) {
        if (!places.tryAcquire()) {
            return SetupPages.later();
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** Whether it can stand in a profile: UTF-8, and nothing that XML cannot bear. */
    private static boolean maybeWritten(byte[] typed) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(typed));
            boolean written = text.hasRemaining()
                    && text.codePoints().allMatch(c -> Character.isDefined(c) && !Character.isISOControl(c));
            Arrays.fill(text.array(), '\0');
            return written;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static CompletionStage<SetupReply> answered(SetupReply reply) {
        return CompletableFuture.completedStage(reply);
    }
}

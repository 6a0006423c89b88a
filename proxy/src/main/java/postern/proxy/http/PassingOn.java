package postern.proxy.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.config.ActiveSyncVersion;
import postern.credentials.Authenticator;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginName;
import postern.credentials.LoginOutcome;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.LoginOutcome.Denied;
import postern.credentials.LoginOutcome.Slowed;
import postern.credentials.LoginOutcome.TurnedAway;
import postern.credentials.LoginOutcome.Unavailable;
import postern.credentials.Protocol;
import postern.proxy.conversation.Refusal;
import postern.proxy.listen.Visitor;
import postern.proxy.sasl.BasicMessage;
import postern.proxy.sasl.SaslStep.Credentials;
import postern.proxy.session.TlsTerms;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.Upstream;

/**
 * Requests that ask with HTTP Basic: each is decided on by itself, whatever came before it on its connection, and then passed
 * on with what opens the mailbox at the upstream.
 *
 * <pre>
 *   credentials ─→ decision ─→ whose? ─→ session ─→ route ─→ {@link Forwarding}
 * </pre>
 */
public final class PassingOn {

    private static final Logger LOG = LoggerFactory.getLogger(PassingOn.class);

    /** A body that is not wanted is read to its end, so that another request can follow, if it is no longer. */
    private static final long MOST_UNWANTED = 64 * 1024;

    private final Authenticator authenticator;
    private final DeviceSessions sessions;
    private final HttpUpstreams upstreams;
    private final Forwarding forwarding;
    private final StrangersName strangers;

    /** Is told of one who has proved to be one person, and asked for another's mailbox. */
    public interface StrangersName {
        void seen(LoginAttempt attempt, Accepted who);
    }

    public PassingOn(
            Authenticator authenticator, DeviceSessions sessions, HttpUpstreams upstreams, StrangersName strangers) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.upstreams = upstreams;
        this.forwarding = new Forwarding(upstreams);
        this.strangers = strangers;
    }

    /**
     * What is asked.
     *
     * @param path as the upstream has it
     * @param query likewise; it may name a user, who has to be the one who asks
     */
    record Asked(
            Channel channel,
            HttpConnection client,
            Protocol protocol,
            String path,
            DeviceQuery query,
            HttpRequest request) {

        RequestHeaders headers() {
            return request.headers();
        }

        @Override
        public String toString() {
            return protocol + " " + path; // the password is in a header
        }

        HttpAnswers answers(boolean refused) {
            long length = headers().contentLength();
            boolean tooLong = length > MOST_UNWANTED || (length < 0 && hasBody());
            return new HttpAnswers(tooLong || (refused && client.failed()));
        }

        boolean hasBody() {
            return !request.isEmpty();
        }

        /** One more try that is counted. */
        HttpResponse refused(Refusal why) {
            return answers(true).refusal(why).toHttpResponse();
        }

        HttpResponse not(Refusal why) {
            return answers(false).refusal(why).toHttpResponse();
        }
    }

    HttpResponse serve(Asked asked) {
        Optional<Credentials> said = Optional.ofNullable(asked.headers().get(HttpHeaderNames.AUTHORIZATION))
                .flatMap(text -> BasicMessage.read(text, asked.client().rules().names()));
        if (said.isEmpty() || said.get().secret().isBlank()) {
            said.ifPresent(nothing -> nothing.secret().close());
            return asked.answers(false).challenge().toHttpResponse(); // most ask for it so, each time that they connect
        }
        Device device = asked.query().device();
        LoginAttempt attempt = new LoginAttempt(
                        asked.protocol(),
                        said.get().name(),
                        said.get().secret(),
                        Visitor.of(asked.channel()).address(),
                        device.shown(),
                        TlsTerms.of(asked.channel()).map(TlsTerms::version),
                        asked.client().gone())
                .speaking(device.version().map(ActiveSyncVersion::toString));
        CompletableFuture<LoginOutcome> deciding =
                authenticator.authenticate(attempt).toCompletableFuture();
        return deciding.isDone()
                ? decided(asked, attempt, deciding.resultNow())
                : HttpResponse.of(deciding.thenApplyAsync(
                        outcome -> decided(asked, attempt, outcome),
                        asked.channel().eventLoop()));
    }

    private HttpResponse decided(Asked asked, LoginAttempt attempt, LoginOutcome outcome) {
        return switch (outcome) {
            case Accepted accepted -> accepted(asked, attempt, accepted);
            case Denied denied -> asked.refused(Refusal.of(denied.reason()));
            case Slowed(Duration _, Denied why) -> asked.refused(Refusal.of(why.reason()));
            case TurnedAway _ -> HttpAnswers.LAST.refusal(Refusal.WRONG).toHttpResponse();
            case Unavailable _ -> asked.not(Refusal.LATER);
        };
    }

    private HttpResponse accepted(Asked asked, LoginAttempt attempt, Accepted login) {
        if (!asksForSelf(asked, attempt.name(), login)) {
            strangers.seen(attempt, login);
            return asked.refused(Refusal.NOT_AS_ANOTHER);
        }
        DeviceSessions.Key key =
                new DeviceSessions.Key(asked.protocol(), login.used(), attempt.client(), attempt.device());
        Optional<DeviceLine> line = asked.client().enter(key, sessions, login, asked.channel());
        if (line.isEmpty()) {
            return asked.not(Refusal.FULL);
        }
        Errand errand = new Errand(login.name(), login.mailbox(), login.group(), attempt.client());
        Optional<Upstream> route = upstreams.route(errand);
        if (route.isEmpty()) {
            upstreams.failed(asked.protocol(), errand, HttpUpstreams.noRoute(errand), upstreams.now());
            return asked.not(Refusal.ASK_SOMEBODY);
        }
        return tooOld(asked, errand, route.get())
                .orElseGet(() -> forwarding.begin(asked, errand, line.get(), route.get()));
    }

    /** Phones write the name as it was typed, or as they think that it must be. */
    private static boolean asksForSelf(Asked asked, LoginName typed, Accepted login) {
        return asked.query()
                .device()
                .user()
                .filter(user -> !user.isEmpty())
                .map(user -> isOneOf(user, asked, typed, login))
                .orElse(true);
    }

    private static boolean isOneOf(String user, Asked asked, LoginName typed, Accepted login) {
        try {
            LoginName meant = asked.client().rules().names().read(user);
            return meant.equals(typed) || meant.equals(login.name()) || meant.equals(login.mailbox());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The person reads it, if the phone shows it; the operator does in any case. */
    private static Optional<HttpResponse> tooOld(Asked asked, Errand errand, Upstream upstream) {
        Optional<ActiveSyncVersion> least = upstream.settings().http().leastActiveSync();
        Optional<ActiveSyncVersion> spoken = asked.query().device().version();
        if (least.isEmpty() || spoken.isEmpty() || spoken.get().compareTo(least.get()) >= 0) {
            return Optional.empty();
        }
        LOG.atWarn()
                .addKeyValue("login_name", errand.mailbox())
                .addKeyValue(
                        "device",
                        asked.query().device().shown().map(LoginAttempt::mended).orElse("?"))
                .addKeyValue("active_sync", spoken.get())
                .addKeyValue("upstream", upstream.settings().name())
                .addKeyValue("least", least.get())
                .log("a phone is too old for the mail server");
        return Optional.of(asked.answers(false)
                .words(
                        HttpStatus.HTTP_VERSION_NOT_SUPPORTED,
                        "This phone speaks ActiveSync " + spoken.get() + ", and the mail server takes " + least.get()
                                + " and newer. Use IMAP on it.")
                .toHttpResponse());
    }
}

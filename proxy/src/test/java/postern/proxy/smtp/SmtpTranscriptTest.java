package postern.proxy.smtp;

import static postern.credentials.SampleLogins.ADA;
import static postern.credentials.SampleLogins.MONDAY;
import static postern.credentials.SampleLogins.SCANNER_ID;
import static postern.credentials.SampleLogins.typed;
import static postern.proxy.conversation.SampleBounds.BOUNDS;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginAttempt;
import postern.credentials.LoginOutcome.Accepted;
import postern.credentials.Protocol;
import postern.credentials.SendingStore;
import postern.credentials.Sent;
import postern.credentials.sending.SendingLedger;
import postern.credentials.sending.SendingRules;
import postern.proxy.conversation.LineFrames;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorPlayer;
import postern.proxy.transcript.Player;
import postern.proxy.transcript.PurePlayer;
import postern.proxy.transcript.SampleWorld;
import postern.proxy.transcript.TranscriptContract;

class SmtpTranscriptTest extends TranscriptContract {

    private static final List<String> CAPABILITIES = List.of("SIZE 1000000", "8BITMIME");
    private static final SmtpOffer OFFER = new SmtpOffer("mail.example.org", List.of("SIZE", "8BITMIME"));

    SmtpTranscriptTest() {
        super(Dialect.SMTP, 30);
    }

    /** Read ahead, as at a login. */
    private static EnvelopeRules.Source rules(SampleWorld world) {
        SendingLedger ledger = new SendingLedger(new NothingSent(), InstantSource.fixed(MONDAY));
        SendingRules rules = new SendingRules((_, _) -> Optional.of(world.sending()), ledger, Runnable::run);
        var _ = rules.readingFirst(_ -> CompletableFuture.completedFuture(new Accepted(ADA, SCANNER_ID)))
                .authenticate(attempt());
        return (owner, used) -> new AppPasswordRules(rules, owner, used, _ -> {});
    }

    private static LoginAttempt attempt() {
        return new LoginAttempt(Protocol.SMTP, ADA, typed("x"), InetAddress.getLoopbackAddress());
    }

    /** On no day, by nobody. */
    private record NothingSent() implements SendingStore {

        @Override
        public Sent on(long day, AppPasswordId used) {
            return Sent.NOTHING;
        }

        @Override
        public Map<AppPasswordId, Sent> add(long day, Map<AppPasswordId, Sent> more) {
            return more;
        }

        @Override
        public void forgetBefore(long day) {}
    }

    @Override
    protected Player pure(SampleWorld world) {
        SmtpLanguage language = new SmtpLanguage(OFFER, rules(world), BOUNDS);
        return new PurePlayer<>(language, new LineFrames(BOUNDS), CAPABILITIES, world);
    }

    @Override
    protected Player door(SampleWorld world) {
        return new DoorPlayer(doorkeeper -> new SmtpFrontEnd(doorkeeper, OFFER, rules(world)), CAPABILITIES, world);
    }

    @Override
    protected List<List<String>> logins(String password) {
        return sasl("AUTH", password);
    }

    /** Nobody who has said AUTH is answered by a goodbye alone, but who finds no room. */
    @Override
    protected boolean isCompletion(String line) {
        return !line.startsWith("334 ") && !line.equals("421 4.7.0 Come again.");
    }
}

package postern.proxy.smtp;

import java.util.List;
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

    @Override
    protected Player pure(SampleWorld world) {
        SmtpLanguage language = new SmtpLanguage(OFFER, (_, _) -> EnvelopeRules.NONE);
        return new PurePlayer<>(language, new LineFrames(), CAPABILITIES, world);
    }

    @Override
    protected Player door(SampleWorld world) {
        return new DoorPlayer(
                doorkeeper -> new SmtpFrontEnd(doorkeeper, OFFER, (_, _) -> EnvelopeRules.NONE), CAPABILITIES, world);
    }
}

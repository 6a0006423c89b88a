package postern.proxy.imap;

import static postern.proxy.conversation.SampleBounds.BOUNDS;

import java.util.List;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorPlayer;
import postern.proxy.transcript.Player;
import postern.proxy.transcript.PurePlayer;
import postern.proxy.transcript.SampleWorld;
import postern.proxy.transcript.TranscriptContract;

class ImapTranscriptTest extends TranscriptContract {

    private static final List<String> CAPABILITIES = List.of("IMAP4rev1", "IDLE");

    ImapTranscriptTest() {
        super(Dialect.IMAP, 40);
    }

    @Override
    protected Player pure(SampleWorld world) {
        return new PurePlayer<>(new ImapLanguage(BOUNDS), new ImapFrames(BOUNDS), CAPABILITIES, world);
    }

    @Override
    protected Player door(SampleWorld world) {
        return new DoorPlayer(ImapFrontEnd::new, CAPABILITIES, world);
    }
}

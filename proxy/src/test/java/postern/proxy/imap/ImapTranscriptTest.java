package postern.proxy.imap;

import static postern.proxy.conversation.SampleBounds.BOUNDS;

import java.util.List;
import java.util.stream.Stream;
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

    @Override
    protected List<List<String>> logins(String password) {
        return Stream.concat(
                        Stream.of(
                                List.of("a LOGIN ada@example.org " + password),
                                List.of("a LOGIN {15}", "ada@example.org \"" + password + '"'),
                                List.of("a LOGIN {15+}\r\nada@example.org {" + password.length() + "+}\r\n"
                                        + password)),
                        sasl("a AUTHENTICATE", password).stream())
                .toList();
    }

    @Override
    protected boolean isCompletion(String line) {
        return line.startsWith("a ");
    }
}

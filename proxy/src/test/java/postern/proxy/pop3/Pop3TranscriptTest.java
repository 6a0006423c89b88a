package postern.proxy.pop3;

import static postern.proxy.conversation.SampleBounds.BOUNDS;

import java.util.List;
import java.util.stream.Stream;
import postern.proxy.conversation.LineFrames;
import postern.proxy.transcript.Dialect;
import postern.proxy.transcript.DoorPlayer;
import postern.proxy.transcript.Player;
import postern.proxy.transcript.PurePlayer;
import postern.proxy.transcript.SampleWorld;
import postern.proxy.transcript.TranscriptContract;

class Pop3TranscriptTest extends TranscriptContract {

    private static final List<String> CAPABILITIES = List.of("TOP", "UIDL");

    Pop3TranscriptTest() {
        super(Dialect.POP3, 30);
    }

    @Override
    protected Player pure(SampleWorld world) {
        return new PurePlayer<>(new Pop3Language(BOUNDS), new LineFrames(BOUNDS), CAPABILITIES, world);
    }

    @Override
    protected Player door(SampleWorld world) {
        return new DoorPlayer(Pop3FrontEnd::new, CAPABILITIES, world);
    }

    @Override
    protected List<List<String>> logins(String password) {
        return Stream.concat(
                        Stream.of(List.of("USER ada@example.org", "PASS " + password)), sasl("AUTH", password).stream())
                .toList();
    }

    /** The last word of a connection is one of ours, and ends no command. */
    @Override
    protected boolean isCompletion(String line) {
        return !line.startsWith("+ ") && !line.endsWith(" Closing.");
    }
}

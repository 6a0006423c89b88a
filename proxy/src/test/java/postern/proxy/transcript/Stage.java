package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Hear;
import postern.proxy.transcript.Step.MailboxHear;
import postern.proxy.transcript.Step.MailboxLeave;
import postern.proxy.transcript.Step.MailboxSay;
import postern.proxy.transcript.Step.Say;

/** Where a player plays a transcript, and is held to its every letter. */
public final class Stage {

    /** Where a client's packet comes apart on its way. */
    public interface Packets extends Function<byte[], List<byte[]>> {}

    private final Transcript transcript;
    private final Dialect dialect;
    private final Player player;
    private final Packets packets;
    private final Queue<String> heard = new ArrayDeque<>();
    private final Queue<String> mailboxHeard = new ArrayDeque<>();
    private final StringBuilder mailboxWaitsFor = new StringBuilder(); // the end of a line, which may never come
    private boolean over;

    private Stage(Transcript transcript, Dialect dialect, Player player, Packets packets) {
        this.transcript = transcript;
        this.dialect = dialect;
        this.player = player;
        this.packets = packets;
    }

    public static void play(
            Transcript transcript, Dialect dialect, Function<SampleWorld, Player> playing, Packets packets) {
        try (Player player = playing.apply(new SampleWorld(transcript.givens()))) {
            new Stage(transcript, dialect, player, packets).play();
        }
    }

    private void play() {
        listen();
        for (Step step : transcript.steps()) {
            play(step);
            listen();
        }
        assertThat(heard).as("%s: said too much", transcript.name()).isEmpty();
        assertThat(mailboxHeard)
                .as("%s: too much for the mailbox", transcript.name())
                .isEmpty();
        assertThat(player.isOpen()).as("%s: open at the end", transcript.name()).isEqualTo(!over);
    }

    private void play(Step step) {
        switch (step) {
            case Say say -> {
                assertThat(heard).as(at(step, "heard before this")).isEmpty();
                packets.apply(say.packet().getBytes(StandardCharsets.UTF_8)).forEach(player::say);
            }
            case Handshake _ -> player.handshake();
            case Hear hear -> {
                String line = heard.isEmpty() ? "nothing" : heard.remove();
                assertThat(hear.matches(line)).as(at(step, "heard " + line)).isTrue();
                over |= dialect.isGoodbye(line);
            }
            case MailboxHear(int _, String text) ->
                assertThat(mailboxHeard.poll()).as(at(step, "at the mailbox")).isEqualTo(text);
            case MailboxSay(int _, String text) ->
                packets.apply((text + "\r\n").getBytes(StandardCharsets.UTF_8)).forEach(player::mailboxSay);
            case MailboxLeave _ -> {
                player.mailboxLeave();
                over = true;
            }
        }
    }

    private void listen() {
        heard.addAll(linesOf(player.heard()));
        mailboxWaitsFor.append(player.mailboxHeard());
        for (int end = mailboxWaitsFor.indexOf("\r\n"); end >= 0; end = mailboxWaitsFor.indexOf("\r\n")) {
            mailboxHeard.add(mailboxWaitsFor.substring(0, end));
            mailboxWaitsFor.delete(0, end + 2);
        }
    }

    private List<String> linesOf(String said) {
        assertThat(said.isEmpty() || said.endsWith("\r\n"))
                .as("%s: a line ends in: %s", transcript, said)
                .isTrue();
        return said.isEmpty()
                ? List.of()
                : List.of(said.substring(0, said.length() - 2).split("\r\n", -1));
    }

    private String at(Step step, String what) {
        return transcript.name() + ":" + step.line() + ": " + what;
    }
}

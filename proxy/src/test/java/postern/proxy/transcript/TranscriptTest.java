package postern.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import postern.proxy.transcript.Step.Handshake;
import postern.proxy.transcript.Step.Hear;
import postern.proxy.transcript.Step.MailboxHear;
import postern.proxy.transcript.Step.Say;

class TranscriptTest {

    @Test
    void readsEveryKindOfStep() {
        Transcript read = read("# Why.", "# given: no TLS", "S: * OK", "C: a1 STARTTLS", "T: handshake", "M: a2 NOOP");

        assertThat(read.givens()).containsExactly(Given.NO_TLS);
        assertThat(read.steps()).hasSize(4);
        assertThat(read.steps().get(0)).isEqualTo(new Hear(3, "* OK"));
        assertThat(said(read.steps().get(1))).isEqualTo("a1 STARTTLS\r\n");
        assertThat(read.steps().get(2)).isEqualTo(new Handshake(5));
        assertThat(read.steps().get(3)).isEqualTo(new MailboxHear(6, "a2 NOOP"));
    }

    @Test
    void putsIntoOnePacketWhatTravelsTogether() {
        assertThat(read("C> a1 NOOP", "C> a2 NOOP", "C: a3 NO…").steps())
                .singleElement()
                .satisfies(step -> assertThat(said(step)).isEqualTo("a1 NOOP\r\na2 NOOP\r\na3 NO"));
    }

    @Test
    void writesWhatATextFileCannotShow() {
        assertThat(said(read("C: a␀b␍␊␁").steps().getFirst())).isEqualTo("a\0b\r\n\u0001\r\n");
        assertThat(said(read("C: base64(␀ada␀x)").steps().getFirst())).isEqualTo("AGFkYQB4\r\n");
        assertThat(read("S: +␠").steps()).containsExactly(new Hear(1, "+ "));
        assertThat(said(read("C:").steps().getFirst())).isEqualTo("\r\n");
    }

    @Test
    void anEllipsisIsAnyTextAndTheRestIsToTheLetter() {
        Hear hear = new Hear(1, "a1 OK [CAPABILITY …] Logged in.");

        assertThat(hear.matches("a1 OK [CAPABILITY IMAP4rev1] Logged in.")).isTrue();
        assertThat(hear.matches("a1 OK [CAPABILITY IMAP4rev1] Logged in!")).isFalse();
    }

    @Test
    void takesNothingForGrantedThatNobodyCanGive() {
        assertThatThrownBy(() -> read("# given: good weather")).hasMessageContaining("good weather");
        assertThatThrownBy(() -> read("Y: what")).hasMessageStartingWith("test:1: Y: what");
    }

    private static Transcript read(String... lines) {
        return Transcript.read("test", List.of(lines));
    }

    private static String said(Step step) {
        return ((Say) step).packet();
    }
}

package postern.proxy.conversation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static postern.credentials.SampleLogins.ADA;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.proxy.conversation.UpstreamEffect.Fail;
import postern.proxy.conversation.UpstreamEffect.Opened;
import postern.proxy.conversation.UpstreamEffect.Send;
import postern.proxy.conversation.UpstreamEffect.StartTls;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.SampleUpstreamSettings;
import postern.proxy.upstream.UpstreamFailure;
import postern.proxy.upstream.UpstreamLines;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.Bearer.Mechanism;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/**
 * What holds of a login upstream whatever the upstream says: it ends or waits, it says a bounded number of lines, none of
 * them with our password before TLS, and where packets come apart does not matter.
 *
 * <p>The first byte says whether TLS is still to come ({@code c}) or on ({@code t}); the upstream says the rest.
 */
public final class UpstreamInvariants {

    private static final int MOST_LINES_OF_OURS = 8;
    private static final String PASSWORD = "s3cret-of-ours";

    private static final Errand ERRAND = new Errand(ADA, ADA, Optional.empty(), InetAddress.getLoopbackAddress());
    private static final List<UpstreamProof> PROOFS = List.of(
            new MasterUser(ADA, "postern", PASSWORD, "*"),
            new ForAnother(ADA, "postern", PASSWORD),
            new OwnPassword("ada@example.org", PASSWORD),
            new Bearer(Mechanism.XOAUTH2, "ada@example.org", PASSWORD),
            new Bearer(Mechanism.OAUTHBEARER, "ada@example.org", PASSWORD));

    /** By whether TLS is to come; each as an upstream that asks nothing, and as one that asks for all there is. */
    private static final List<UpstreamSettings> TO_BE_ENCRYPTED = homes("starttls");

    private static final List<UpstreamSettings> ENCRYPTED = homes("implicit");

    private UpstreamInvariants() {}

    private static List<UpstreamSettings> homes(String tls) {
        return Stream.of("", "probe = on, client-address = id-and-xclient, ")
                .map(more -> SampleUpstreamSettings.home(more + SampleUpstreamSettings.doors(1, tls), PASSWORD))
                .toList();
    }

    public static <S extends UpstreamState<S>> void hold(byte[] input, UpstreamLanguage<S> language) {
        if (input.length == 0 || (input[0] != 'c' && input[0] != 't')) {
            return;
        }
        byte[] said = Arrays.copyOfRange(input, 1, input.length);
        (input[0] == 'c' ? TO_BE_ENCRYPTED : ENCRYPTED).forEach(settings -> holdOfALook(said, language, settings));
        for (UpstreamProof proof : PROOFS) {
            for (UpstreamSettings settings : input[0] == 'c' ? TO_BE_ENCRYPTED : ENCRYPTED) {
                hold(said, language, proof, settings);
            }
        }
    }

    /** Of one who only looks, nothing of ours is said at all. */
    private static <S extends UpstreamState<S>> void holdOfALook(
            byte[] said, UpstreamLanguage<S> language, UpstreamSettings settings) {
        List<UpstreamEffect> whole = play(() -> language.look(settings), List.of(said));
        check(whole, language.door(settings).tls());
        assertThat(whole).noneMatch(effect -> effect instanceof Send(String line) && line.contains(PASSWORD));
        assertThat(play(() -> language.look(settings), inBytes(said))).isEqualTo(whole);
    }

    private static List<byte[]> inBytes(byte[] said) {
        return IntStream.range(0, said.length)
                .mapToObj(i -> new byte[] {said[i]})
                .toList();
    }

    private static <S extends UpstreamState<S>> void hold(
            byte[] said, UpstreamLanguage<S> language, UpstreamProof proof, UpstreamSettings settings) {
        Supplier<S> begin = () -> language.begin(proof, ERRAND, settings);
        List<UpstreamEffect> whole = play(begin, List.of(said));
        check(whole, language.door(settings).tls());
        assertThat(play(begin, inBytes(said))).isEqualTo(whole);
    }

    private static void check(List<UpstreamEffect> effects, UpstreamTls tls) {
        assertThat(effects).hasSizeLessThan(MOST_LINES_OF_OURS);
        for (UpstreamEffect effect : effects) {
            switch (effect) {
                case Send(String line) -> {
                    assertThat(line).doesNotContain("\r", "\n", "\0");
                    // What comes behind a handshake is not played, so nothing of ours may be in what came before it.
                    assertThat(tls == UpstreamTls.STARTTLS && (line.contains("ada") || line.contains(PASSWORD)))
                            .isFalse();
                }
                case Opened(List<String> capabilities) ->
                    assertThat(capabilities).allMatch(one -> one.chars().allMatch(c -> c >= ' ' && c < 0x7f));
                case Fail _, StartTls _ -> {}
            }
        }
    }

    /** Up to where it is open, failed, or about to be encrypted. */
    private static <S extends UpstreamState<S>> List<UpstreamEffect> play(Supplier<S> begin, List<byte[]> packets) {
        List<UpstreamEffect> effects = new ArrayList<>();
        EmbeddedChannel lines = new EmbeddedChannel(new UpstreamLines());
        S state = begin.get();
        for (byte[] packet : packets) {
            boolean tooLong = hear(lines, packet);
            for (String line = lines.readInbound(); line != null && isUnderWay(effects); line = lines.readInbound()) {
                Step<S, UpstreamEffect> step = state.on(line);
                state = step.next();
                effects.addAll(step.effects());
            }
            if (tooLong && isUnderWay(effects)) {
                effects.add(new Fail(UpstreamFailure.CONFUSED, "too long"));
            }
        }
        lines.releaseInbound();
        return effects;
    }

    private static boolean isUnderWay(List<UpstreamEffect> effects) {
        return effects.stream().allMatch(Send.class::isInstance);
    }

    private static boolean hear(EmbeddedChannel lines, byte[] packet) {
        try {
            lines.writeInbound(Unpooled.wrappedBuffer(packet));
            return false;
        } catch (DecoderException _) {
            return true;
        }
    }

    public static byte[] seed(String said) {
        return said.replace("\n", "\r\n").getBytes(ISO_8859_1);
    }
}

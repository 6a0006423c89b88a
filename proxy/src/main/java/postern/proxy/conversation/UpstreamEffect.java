package postern.proxy.conversation;

import java.util.List;
import postern.proxy.upstream.UpstreamFailure;

/** All that logging in upstream can ask of the world. */
public sealed interface UpstreamEffect {

    /** May hold a password of ours. */
    record Send(String line) implements UpstreamEffect {

        @Override
        public String toString() {
            return "Send[***]";
        }
    }

    record StartTls() implements UpstreamEffect {}

    record Opened(List<String> capabilities) implements UpstreamEffect {}

    record Fail(UpstreamFailure why, String seen) implements UpstreamEffect {}

    static <S> Step<S, UpstreamEffect> to(S next) {
        return new Step<>(next, List.of());
    }
}

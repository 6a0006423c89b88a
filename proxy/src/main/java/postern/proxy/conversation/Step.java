package postern.proxy.conversation;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a conversation goes next, and what the channel must do about it, in order.
 *
 * @param <S> its states
 * @param <E> its effects
 */
public record Step<S, E>(S next, List<E> effects) {

    public Step<S, E> and(E last) {
        return new Step<>(next, Stream.concat(effects.stream(), Stream.of(last)).toList());
    }
}

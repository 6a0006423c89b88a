package postern.proxy.listen;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a newcomer's pipeline that all doors have alike: at its end, or in front of what is there already where
 * somebody else has put it there.
 *
 * @param before the first of those handlers
 */
record Passage(ChannelPipeline pipeline, Optional<String> before) {

    /** Of a client that has just come; whoever initializes its channel leaves again. */
    static Passage of(ChannelPipeline pipeline) {
        for (Map.Entry<String, ChannelHandler> there : pipeline) {
            if (!(there.getValue() instanceof ChannelInitializer<?>)) {
                return new Passage(pipeline, Optional.of(there.getKey()));
            }
        }
        return new Passage(pipeline, Optional.empty());
    }

    void add(String name, ChannelHandler handler) {
        if (before.isPresent()) {
            pipeline.addBefore(before.get(), name, handler);
        } else {
            pipeline.addLast(name, handler);
        }
    }

    void add(ChannelHandler handler) {
        if (before.isPresent()) {
            pipeline.addBefore(before.get(), null, handler);
        } else {
            pipeline.addLast(handler);
        }
    }
}

package postern.proxy.session;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One connection, which is a session as a whole. */
public record ChannelLine(Channel channel) implements Line {

    private static final AttributeKey<Boolean> TOLD = AttributeKey.valueOf(ChannelLine.class, "told");

    @Override
    public void end(SessionEnd why) {
        channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(why));
    }

    @Override
    public void endIn(Duration delay, SessionEnd why) {
        var _ = channel.eventLoop()
                .schedule(() -> channel.pipeline().fireUserEventTriggered(why), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void whenGone(Runnable then) {
        channel.closeFuture().addListener(_ -> then.run());
    }

    @Override
    public boolean isNews() {
        return channel.attr(TOLD).setIfAbsent(true) == null;
    }
}

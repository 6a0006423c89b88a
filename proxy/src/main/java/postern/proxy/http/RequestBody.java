package postern.proxy.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What a client sends behind its head, on to the upstream and no faster than that takes it. */
final class RequestBody implements Subscriber<HttpObject> {

    private final ChannelHandlerContext upstream;
    private final Runnable sent;
    private final Runnable broken;
    private @Nullable Subscription source;

    /**
     * @param sent runs when there is no more of it
     * @param broken runs when there will be no more, and there should be
     */
    RequestBody(ChannelHandlerContext upstream, Runnable sent, Runnable broken) {
        this.upstream = upstream;
        this.sent = sent;
        this.broken = broken;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(HttpObject part) {
        if (part instanceof HttpData data) {
            upstream.writeAndFlush(new DefaultHttpContent(data.byteBuf())).addListener(_ -> more());
        } else {
            more(); // trailers are of no use to anybody
        }
    }

    private void more() {
        if (source != null) {
            source.request(1);
        }
    }

    /** The upstream must not take the beginning for the whole, and has done nothing wrong. */
    @Override
    public void onError(Throwable cause) {
        broken.run();
    }

    @Override
    public void onComplete() {
        sent.run();
        upstream.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
}

package postern.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 198.51.100.1, 192.0.2.7, 198.51.100.1",
        "2001:db8::7, 2001:db8::1, 2001:db8:0:0:0:0:0:7, 2001:db8:0:0:0:0:0:1",
        "192.0.2.7, 2001:db8::1, ::ffff:192.0.2.7, 2001:db8:0:0:0:0:0:1",
    })
    void goesAheadOfEverythingElse(String client, String upstream, String source, String destination) {
        EmbeddedChannel channel = channelTo(upstream, client);
        EmbeddedChannel decoder = new EmbeddedChannel(new HAProxyMessageDecoder());
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            decoder.writeInbound(sent);
        }

        HAProxyMessage header = decoder.readInbound();
        assertThat(InetAddress.ofLiteral(header.sourceAddress())).isEqualTo(InetAddress.ofLiteral(source));
        assertThat(InetAddress.ofLiteral(header.destinationAddress())).isEqualTo(InetAddress.ofLiteral(destination));
        assertThat(header.destinationPort()).isEqualTo(993);
        ByteBuf behind = decoder.readInbound();
        assertThat(behind.toString(StandardCharsets.US_ASCII)).isEqualTo("hello");
        header.release();
        behind.release();
        assertThat(channel.pipeline().names())
                .noneMatch(name -> name.startsWith("HAProxy") || name.startsWith("Announcement#"));
        channel.finishAndReleaseAll();
    }

    private static EmbeddedChannel channelTo(String upstream, String client) {
        return new EmbeddedChannel(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
                    }
                });
                Announcement.of(InetAddress.ofLiteral(client), channel.pipeline());
            }
        }) {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(InetAddress.ofLiteral(upstream), 993);
            }
        };
    }
}

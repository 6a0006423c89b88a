package postern.bench.doors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.util.concurrent.Executors;

/**
 * The main class of the process behind all doors, whose CPU nobody counts: a mailbox that lets everybody in, in plain
 * text, and what nginx asks whom to let in and where to. Ends when whoever started it does.
 */
final class Mailbox {

    private static final int BACKLOG = 4_096;

    private Mailbox() {}

    /** At the port of IMAP, and at that of nginx's question. */
    public static void main(String[] ports) throws Exception {
        int imap = Integer.parseInt(ports[0]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(new MailboxSession());
                    }
                })
                .bind(Ports.here(imap))
                .sync();
        HttpServer http = HttpServer.create(Ports.here(Integer.parseInt(ports[1])), BACKLOG);
        http.createContext("/", exchange -> letIn(exchange, imap));
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        while (System.in.read() >= 0) {
            // nothing is asked this way
        }
        System.exit(0);
    }

    /** As nginx's auth_http wants to hear it. */
    private static void letIn(HttpExchange exchange, int imap) throws IOException {
        exchange.getResponseHeaders().set("Auth-Status", "OK");
        exchange.getResponseHeaders().set("Auth-Server", "127.0.0.1");
        exchange.getResponseHeaders().set("Auth-Port", String.valueOf(imap));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}

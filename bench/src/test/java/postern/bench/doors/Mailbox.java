package postern.bench.doors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The main class of the process behind all doors, whose CPU nobody counts: a mailbox that lets everybody in, in plain
 * text, by IMAP and by ActiveSync, and what nginx asks whom to let in and where to. Ends when whoever started it does.
 */
final class Mailbox {

    /** Where it tells how many wait for news. */
    static final String HANGING = "/hanging";

    private static final int BACKLOG = 4_096;

    private Mailbox() {}

    /** At the port of IMAP, at that of nginx's question, and at that of ActiveSync. */
    public static void main(String[] ports) throws Exception {
        int imap = Integer.parseInt(ports[0]);
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        serve(loop, imap, MailboxSession::new);
        serve(loop, Integer.parseInt(ports[2]), ExchangeSession::new);
        HttpServer http = HttpServer.create(Ports.here(Integer.parseInt(ports[1])), BACKLOG);
        http.createContext("/", exchange -> letIn(exchange, imap));
        http.createContext(HANGING, Mailbox::tellHanging);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.start();
        while (System.in.read() >= 0) {
            // nothing is asked this way
        }
        System.exit(0);
    }

    private static void serve(MultiThreadIoEventLoopGroup loop, int port, Supplier<ChannelHandler> session)
            throws InterruptedException {
        new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        client.pipeline().addLast(session.get());
                    }
                })
                .bind(Ports.here(port))
                .sync();
    }

    private static void tellHanging(HttpExchange exchange) throws IOException {
        byte[] number = String.valueOf(ExchangeSession.hanging()).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, number.length);
        exchange.getResponseBody().write(number);
        exchange.close();
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

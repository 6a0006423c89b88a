package postern.app.phones;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import postern.app.MailClient;
import postern.app.WholeServer;
import postern.credentials.LoginName;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;
import postern.proxy.http.ActiveSyncPhone;
import postern.proxy.http.FakeExchange;

/** Postern with a door for phones, in front of an Exchange that knows its master user. */
public final class PhoneServer implements AutoCloseable {

    private final FakeExchange exchange;
    private final WholeServer server;

    private PhoneServer(FakeExchange exchange, WholeServer server) {
        this.exchange = exchange;
        this.server = server;
    }

    /**
     * Returns when its doors are open.
     *
     * @param more what its file has beyond that
     */
    public static PhoneServer start(Path folder, String more) throws Exception {
        SecretFile.create(folder.resolve("master"), "secret");
        FakeExchange exchange = FakeExchange.inTheClear();
        WholeServer server = WholeServer.start(folder, """
                listeners.https { enabled = true, port = 0 }
                upstreams.mail {
                  host = "127.0.0.1", http { port = %d, tls = none }, login { user = m, password = { file = master } }
                }
                routes.default = mail
                store.poll-interval = 200ms
                """.formatted(exchange.port()) + more);
        return new PhoneServer(exchange, server);
    }

    public FakeExchange exchange() {
        return exchange;
    }

    public WholeServer server() {
        return server;
    }

    /** The mail server has a mailbox for them, and there is an app password. */
    public Made welcome(LoginName name, Made made) {
        exchange.letsIn(ActiveSyncPhone.basic(name.value() + "*m", "secret", StandardCharsets.UTF_8), name.value());
        return made;
    }

    public ActiveSyncPhone phone() throws Exception {
        return phone("127.0.0.1", "");
    }

    /**
     * From one of the addresses of this machine.
     *
     * @param ahead what is said before TLS
     */
    public ActiveSyncPhone phone(String from, String ahead) throws Exception {
        return ActiveSyncPhone.overTls(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port("https")),
                MailClient.trusting(server.caFile()),
                from,
                ahead);
    }

    @Override
    public void close() throws IOException {
        server.close();
        exchange.close();
    }
}

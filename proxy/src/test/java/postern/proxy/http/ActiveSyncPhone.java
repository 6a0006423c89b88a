package postern.proxy.http;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A phone on one connection, which stays open from request to request. Sockets and TLS are the JDK's own and HTTP is
 * written by hand, so that a test may say what no library would.
 */
public final class ActiveSyncPhone implements AutoCloseable {

    public static final String PATH = "/Microsoft-Server-ActiveSync";
    static final String WBXML = "application/vnd.ms-sync.wbxml";

    /** In which form it says what it wants: {@link PhoneQuery}. */
    public enum Form {
        WORDS,
        BASE64
    }

    private static final int PATIENCE_MILLIS = 20_000;
    private static final String POLICY_KEY = "X-MS-PolicyKey";
    private static final String LENGTH = "Content-Length";

    private final Socket socket;
    private final Http1Input in;
    private final OutputStream out;
    private final String device = "ApplF" + UUID.randomUUID().toString().substring(0, 8);
    private String host;
    private String path = PATH;
    private String authorization = "";
    private String user = "";
    private String version = "14.1";
    private Form form = Form.WORDS;
    private int policyKey;
    private Head more = Head.of("");

    private ActiveSyncPhone(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.host = host;
        this.in = new Http1Input(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
    }

    public static ActiveSyncPhone inTheClear(InetSocketAddress server) throws IOException {
        return new ActiveSyncPhone(connect(server, "127.0.0.1"), "localhost");
    }

    public static ActiveSyncPhone overTls(InetSocketAddress server, SSLContext trust) throws IOException {
        return overTls(server, trust, "127.0.0.1");
    }

    /** From one of the many addresses that this machine has for itself. */
    public static ActiveSyncPhone overTls(InetSocketAddress server, SSLContext trust, String from) throws IOException {
        return overTls(server, trust, from, "");
    }

    /**
     * The same, by way of somebody who says something ahead.
     *
     * @param ahead in the clear
     */
    public static ActiveSyncPhone overTls(InetSocketAddress server, SSLContext trust, String from, String ahead)
            throws IOException {
        Socket plain = connect(server, from);
        plain.getOutputStream().write(ahead.getBytes(StandardCharsets.US_ASCII));
        SSLSocket tls = (SSLSocket) trust.getSocketFactory().createSocket(plain, "localhost", server.getPort(), true);
        tls.startHandshake();
        return new ActiveSyncPhone(tls, "localhost");
    }

    private static Socket connect(InetSocketAddress server, String from) throws IOException {
        Socket socket = new Socket(server.getAddress(), server.getPort(), InetAddress.ofLiteral(from), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** From here on. Its queries name that user too. */
    public ActiveSyncPhone as(String name, String secret) {
        return as(name, secret, StandardCharsets.UTF_8);
    }

    /** Outlook writes ISO-8859-1, phones UTF-8. */
    public ActiveSyncPhone as(String name, String secret, Charset charset) {
        user = name;
        return authorizedBy(basic(name, secret, charset));
    }

    public static String basic(String name, String secret, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(charset));
    }

    public ActiveSyncPhone authorizedBy(String anything) {
        authorization = anything;
        return this;
    }

    public ActiveSyncPhone asNobody() {
        return authorizedBy("");
    }

    /** In its queries, whoever it says it is otherwise. */
    public ActiveSyncPhone naming(String another) {
        user = another;
        return this;
    }

    public ActiveSyncPhone asking(Form another) {
        form = another;
        return this;
    }

    public ActiveSyncPhone speaking(String another) {
        version = another;
        return this;
    }

    public ActiveSyncPhone calling(String another) {
        host = another;
        return this;
    }

    /** Where a server that nobody stands in front of has it. */
    public ActiveSyncPhone under(String prefix) {
        path = prefix + PATH;
        return this;
    }

    /** With all that follows. */
    public ActiveSyncPhone with(String field, String value) {
        more = more.and(field, value);
        return this;
    }

    public String device() {
        return device;
    }

    public HttpAnswer options() throws IOException {
        say(head("OPTIONS", path));
        return answer();
    }

    public HttpAnswer ask(String command, Element document) throws IOException {
        begin(command, document);
        return answer();
    }

    /** Does not wait for the answer. */
    public void begin(String command, Element document) throws IOException {
        byte[] body = Wbxml.encode(document);
        say(post(command).and("Content-Type", WBXML).and(LENGTH, String.valueOf(body.length)), body);
    }

    /** The same with a body of so many bytes, of which none is kept. */
    public HttpAnswer upload(String command, String type, long bytes) throws IOException {
        say(post(command).and("Content-Type", type).and(LENGTH, String.valueOf(bytes)));
        LongBody.write(bytes, out);
        out.flush();
        return answer();
    }

    /** Both halves: asks for rules, and says that it goes by them. From here on it shows the key. */
    public void provision() throws IOException {
        policyKey = 0;
        policyKey = policyKey(ask("Provision", Documents.askForPolicy()));
        policyKey = policyKey(ask("Provision", Documents.acceptPolicy(String.valueOf(policyKey))));
    }

    private static int policyKey(HttpAnswer answer) {
        return Integer.parseUnsignedInt(
                answer.document().find("Provision:PolicyKey").orElseThrow());
    }

    private Head post(String command) {
        PhoneQuery query = new PhoneQuery(command, user, device, "iPhone", policyKey, version);
        Head head = switch (form) {
            case WORDS ->
                head("POST", path + "?" + query.inWords())
                        .and("MS-ASProtocolVersion", version)
                        .and(POLICY_KEY, Integer.toUnsignedString(policyKey));
            case BASE64 -> head("POST", path + "?" + query.inBase64());
        };
        for (Head.Field field : more.fields()) {
            head = head.and(field.name(), field.value());
        }
        return head;
    }

    /** With what it says every time: whom it calls, and who it is. */
    public Head head(String method, String target) {
        Head head = Head.of(method + " " + target + " HTTP/1.1", "Host", host, "User-Agent", "Apple-iPhone/1605.92");
        return authorization.isEmpty() ? head : head.and("Authorization", authorization);
    }

    public void say(Head head) throws IOException {
        say(head, new byte[0]);
    }

    public void say(Head head, byte[] body) throws IOException {
        out.write(head.bytes());
        out.write(body);
        out.flush();
    }

    /** In one packet; a letter of it is a byte. */
    public void say(String anything) throws IOException {
        out.write(anything.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Waits for it; those that only ask to go on are passed over. */
    public HttpAnswer answer() throws IOException {
        Head head = answerHead();
        return new HttpAnswer(head, body(head).readAllBytes());
    }

    /** The same of one whose body is too long to be kept. */
    public LongBody longAnswer() throws IOException {
        return LongBody.read(body(answerHead()));
    }

    public Head answerHead() throws IOException {
        Optional<Head> head = in.head();
        while (head.isPresent() && head.get().word(1).startsWith("1")) {
            head = in.head();
        }
        return head.orElseThrow(() -> new EOFException("hung up in the place of an answer"));
    }

    /** Behind such a head: to be read to its end. */
    public InputStream body(Head head) {
        return in.body(head, bodiless(head) ? 0 : Long.MAX_VALUE);
    }

    private static boolean bodiless(Head head) {
        return List.of("204", "304").contains(head.word(1));
    }

    /** Whether the other side closed without another word. */
    public boolean isHungUp() throws IOException {
        try {
            return !in.awaitByte();
        } catch (SocketException _) {
            return true; // reset: hung up, and not politely
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package postern.proxy.http;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** One request after the other, as they come on one connection. */
final class ExchangeConnection {

    /** Of a body, what may be a document; of the rest only size and checksum are kept. */
    private static final int KEPT = 1 << 16;

    /** News, none until the time was up, or nobody who would hear them. */
    private enum End {
        NEWS,
        NONE,
        HUNG_UP
    }

    private final FakeExchange exchange;
    private final int number;
    private final Http1Input in;
    private final OutputStream out;

    ExchangeConnection(FakeExchange exchange, Socket client, int number) throws IOException {
        this.exchange = exchange;
        this.number = number;
        this.in = new Http1Input(client.getInputStream());
        this.out = new BufferedOutputStream(client.getOutputStream(), KEPT);
        client.setTcpNoDelay(true);
    }

    void serve() throws IOException, InterruptedException {
        for (Optional<Head> next = in.head(); next.isPresent(); next = in.head()) {
            Head head = next.get();
            byte[] body = body(head);
            if (!answer(head, body)) {
                return;
            }
        }
    }

    /** As much of it as is kept. */
    private byte[] body(Head head) throws IOException, InterruptedException {
        if (head.says("Expect", "100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        InputStream body = in.body(head, 0);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        LongBody read = LongBody.read(new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("byte by byte");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int one = body.read(into, offset, length);
                kept.write(into, offset, Math.max(0, Math.min(one, KEPT - kept.size())));
                if (kept.size() == KEPT) {
                    hold();
                }
                return one;
            }
        });
        exchange.hears(new FakeExchange.Heard(head, number, read));
        return kept.toByteArray();
    }

    private void hold() throws IOException {
        try {
            exchange.awaitUploads();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Whether there is somebody to hear the next one. */
    private boolean answer(Head head, byte[] body) throws IOException, InterruptedException {
        Optional<ExchangeMailbox> mailbox = head.first("Authorization").flatMap(exchange::opens);
        if (mailbox.isEmpty()) {
            say(head, ExchangeWords.unauthorized());
        } else if (!path(head).equalsIgnoreCase(ActiveSyncPhone.PATH)) {
            say(head, HttpAnswer.of(404, "Not Found", ""));
        } else if (head.word(0).equals("OPTIONS")) {
            say(head, exchange.scripted("OPTIONS").orElseGet(ExchangeWords::options));
        } else if (!head.word(0).equals("POST")) {
            say(head, exchange.scripted(head.word(0)).orElseGet(() -> HttpAnswer.of(501, "Not Implemented", "")));
        } else {
            return answer(head, body, mailbox.get());
        }
        return true;
    }

    private boolean answer(Head head, byte[] body, ExchangeMailbox mailbox) throws IOException, InterruptedException {
        PhoneQuery query = PhoneQuery.read(head.word(1).substring(path(head).length() + 1));
        Optional<HttpAnswer> scripted = exchange.scripted(query.command());
        if (scripted.isPresent()) {
            say(head, scripted.get());
            return true;
        }
        int shown = Math.max(
                query.policyKey(),
                head.first("X-MS-PolicyKey").map(Integer::parseUnsignedInt).orElse(0));
        boolean hasDocument = head.says("Content-Type", ActiveSyncPhone.WBXML) && body.length < KEPT;
        Element document = hasDocument ? Wbxml.decode(body) : Element.of("");
        boolean may = query.command().equals("Provision")
                || !exchange.hasRules()
                || mailbox.isProvisioned(query.device(), shown);
        if (!may) {
            say(head, ExchangeWords.provisionFirst());
            return true;
        }
        switch (query.command()) {
            case "Provision" -> say(head, HttpAnswer.of(mailbox.provision(query.device(), document)));
            case "FolderSync" -> say(head, HttpAnswer.of(mailbox.folders(document)));
            case "Sync" -> say(head, HttpAnswer.of(mailbox.sync(document)));
            case "SendMail" -> say(head, HttpAnswer.of(200, "OK", ""));
            case "ItemOperations" -> sayAttachment(head, document);
            case "Ping" -> {
                return ping(head, document, mailbox);
            }
            default -> say(head, HttpAnswer.of(501, "Not Implemented", ""));
        }
        return true;
    }

    private static String path(Head head) {
        return head.word(1).split("\\?", 2)[0];
    }

    private boolean ping(Head head, Element document, ExchangeMailbox mailbox)
            throws IOException, InterruptedException {
        int heartbeat = Integer.parseInt(document.find("Ping:HeartbeatInterval").orElse("60"));
        CompletableFuture<End> end = new CompletableFuture<>();
        Thread watch = Thread.startVirtualThread(() -> watch(end));
        mailbox.onNews(() -> end.complete(End.NEWS));
        exchange.hangs(1);
        End how = end.completeOnTimeout(End.NONE, heartbeat, TimeUnit.SECONDS).join();
        exchange.hangs(-1);
        switch (how) {
            case NEWS -> say(head, HttpAnswer.of(ExchangeWords.news()));
            case NONE -> say(head, HttpAnswer.of(ExchangeWords.noNews()));
            case HUNG_UP -> exchange.isCancelled();
        }
        watch.join(); // it has the next byte, and only one may read
        return how != End.HUNG_UP;
    }

    private void watch(CompletableFuture<End> end) {
        try {
            if (!in.awaitByte()) {
                end.complete(End.HUNG_UP);
            }
        } catch (IOException _) {
            end.complete(End.HUNG_UP);
        }
    }

    /** As many bytes as its reference says: in one part of several to those who ask for that, else as they are. */
    private void sayAttachment(Head head, Element document) throws IOException {
        String reference = document.find("AirSyncBase:FileReference").orElse("0");
        if (head.says("MS-ASAcceptMultiPart", "T")) {
            byte[] parts = ExchangeWords.parts(
                    Wbxml.encode(ExchangeWords.firstPart()), reference.getBytes(StandardCharsets.UTF_8));
            say(
                    head,
                    new HttpAnswer(
                            Head.of("HTTP/1.1 200 OK", "Content-Type", "application/vnd.ms-sync.multipart"), parts));
            return;
        }
        Head answer =
                ExchangeWords.withItsNoise(Head.of("HTTP/1.1 200 OK", "Content-Type", "application/octet-stream"));
        out.write(answer.and("Content-Length", reference).bytes());
        LongBody.write(Long.parseLong(reference), out);
        out.flush();
    }

    private void say(Head request, HttpAnswer answer) throws IOException {
        Head head = ExchangeWords.withItsNoise(answer.head());
        byte[] body = answer.body();
        boolean compress = request.all("Accept-Encoding").stream().anyMatch(said -> said.contains("gzip"));
        if (compress && body.length > 0) {
            ByteArrayOutputStream small = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
                zip.write(body);
            }
            body = small.toByteArray();
            head = head.and("Content-Encoding", "gzip");
        }
        if (head.first("Transfer-Encoding").isPresent()) {
            sayInChunks(head, body);
        } else {
            out.write(head.and("Content-Length", String.valueOf(body.length)).bytes());
            out.write(body);
        }
        out.flush();
    }

    /** Each byte one of its own. */
    private void sayInChunks(Head head, byte[] body) throws IOException {
        out.write(head.bytes());
        for (byte one : body) {
            out.write(("1\r\n" + (char) Byte.toUnsignedInt(one) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}

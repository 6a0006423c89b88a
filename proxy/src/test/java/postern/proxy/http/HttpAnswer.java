package postern.proxy.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A whole answer, with a body that is kept. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two
public record HttpAnswer(Head head, byte[] body) {

    /**
     * As text.
     *
     * @param fields names and values in turns
     */
    public static HttpAnswer of(int status, String reason, String body, String... fields) {
        return new HttpAnswer(
                Head.of("HTTP/1.1 " + status + " " + reason, fields), body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpAnswer of(Element document) {
        return new HttpAnswer(
                Head.of("HTTP/1.1 200 OK", "Content-Type", ActiveSyncPhone.WBXML), Wbxml.encode(document));
    }

    public int status() {
        return Integer.parseInt(head.word(1));
    }

    /** As it was before it was compressed, if it was. */
    public byte[] plainBody() {
        if (!head.says("Content-Encoding", "gzip")) {
            return body;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String text() {
        return new String(plainBody(), StandardCharsets.UTF_8);
    }

    public Element document() {
        return Wbxml.decode(plainBody());
    }
}

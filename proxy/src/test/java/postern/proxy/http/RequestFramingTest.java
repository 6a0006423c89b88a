package postern.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 38: whoever stands behind us must not find a request where we saw a body. */
class RequestFramingTest {

    private static final String HEAD = "POST /Microsoft-Server-ActiveSync HTTP/1.1\r\nHost: mail.example.org\r\n";

    private static Optional<String> objection(String said) {
        Optional<String> whole = in(said, said.length());
        for (int size = 1; size < 9; size++) {
            assertThat(in(said, size)).as("in pieces of " + size).isEqualTo(whole);
        }
        return whole;
    }

    private static Optional<String> in(String said, int size) {
        RequestFraming framing = new RequestFraming();
        for (int at = 0; at < said.length(); at += size) {
            String piece = said.substring(at, Math.min(said.length(), at + size));
            Optional<String> objection = framing.objection(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: mail.example.org\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "OPTIONS /x HTTP/1.1\r\nhost:[::1]:8443\r\naccept: a\tb\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n\r\nGET\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n\r\nGET\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: h\r\ntransfer-encoding: Chunked\r\n\r\n0\r\nx-sum: 1\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n"
            })
    void whatCanBeReadInOneWayAloneIsReadOn(String said) {
        assertThat(objection(said)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "Content-Length: 5, 5\r\n\r\n",
                "Content-Length: +5\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: 0x5\r\n\r\n",
                "Content-Length:\r\n\r\n",
                "Content-Length: 99999999999999999999\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5 \r\n",
                "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x5\r\n",
                "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
                "Transfer-Encoding : chunked\r\n\r\n",
                "Transfer-Encoding\t: chunked\r\n\r\n",
                " Transfer-Encoding: chunked\r\n\r\n",
                "X: a\r\n b\r\n\r\n",
                "X: a\r\n\tTransfer-Encoding: chunked\r\n\r\n",
                "X: a\nTransfer-Encoding: chunked\r\n\r\n",
                "X: a\rTransfer-Encoding: chunked\r\n\r\n",
                "X: a\u0000b\r\n\r\n",
                "X: a\u007fb\r\n\r\n",
                "no field\r\n\r\n",
                ": no name\r\n\r\n",
                "Host: other.example.org\r\n\r\n",
                "Upgrade: h2c\r\n\r\n",
                "Authorization: Basic QTpB\r\nAuthorization: Basic QjpC\r\n\r\n"
            })
    void whatTwoReadersMayReadInTwoWaysIsRefused(String fields) {
        assertThat(objection(HEAD + fields)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://mail.example.org/ HTTP/1.1\r\n",
                "GET mail.example.org HTTP/1.1\r\n",
                "CONNECT mail.example.org:443 HTTP/1.1\r\n",
                "OPTIONS * HTTP/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET / HTTP/1.1 \r\n",
                "GET /a b HTTP/1.1\r\n",
                "GET /\tHTTP/1.1\r\n",
                "GET / HTTP/2.0\r\n",
                "GET /\r\n",
                "get / HTTP/1.1\r\n",
                "\r\nGET / HTTP/1.1\r\n",
                "PRI * HTTP/2.0\r\n",
                "EHLO there\r\n"
            })
    void aRequestLineHasOneForm(String line) {
        assertThat(objection(line)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "mail.example.org/evil",
        "a@b",
        "a b",
        "'a,b'",
        "mail.example.org:",
        "mail.example.org:1:2",
        "[::1"
    })
    void aHostIsANameAndAPort(String host) {
        assertThat(objection("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isPresent();
    }

    @Test
    void withoutAHostItIsOfTheOldDays() {
        assertThat(objection("GET / HTTP/1.1\r\n\r\n")).contains("no Host");
        assertThat(objection("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isPresent();
    }

    @Test
    void aLineAndAHeadHaveAnEnd() {
        assertThat(in("GET /" + "a".repeat(9_000), 1_000)).contains("a line of more than 8192 bytes");
        assertThat(in(HEAD + "x: y\r\n".repeat(100), 1_000)).contains("more than 64 lines in a head");
        assertThat(in(HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "x: y\r\n".repeat(100), 1_000))
                .isPresent();
    }
}

package postern.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static postern.admin.RunningAdmin.ANY_PORT;
import static postern.admin.RunningAdmin.EVENT_LOOPS;
import static postern.admin.RunningAdmin.TLS;
import static postern.admin.RunningAdmin.TOKEN;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.TransportType;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import postern.credentials.SampleStore;
import postern.web.HttpDoor;
import postern.web.Reply;
import postern.web.Route;
import postern.web.RoutedService;
import postern.web.TlsFiles;

class HttpDoorTest {

    private static HttpDoor plain(InetSocketAddress address, Route.Handler handler) throws IOException {
        RoutedService service = RoutedService.forAnybody(List.of(Route.open("/x", handler)), InstantSource.system());
        return HttpDoor.open("test", address, Optional.empty(), EVENT_LOOPS, AccessLogWriter.disabled(), service);
    }

    private static String say(int port, String request) throws IOException {
        try (Socket socket = new Socket(ANY_PORT.getAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 2\r\n\r\n",
                "GET /x HTTP/1.1\r\nbad header\u0000: x\r\n\r\n",
                "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
                "BREW /x HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void whatIsHardlyHttpIsRefusedInTheSameWords(String request) throws Exception {
        try (CapturedLog _ = new CapturedLog();
                HttpDoor door = plain(ANY_PORT, _ -> new Reply.Nothing())) {
            String answer = say(door.port(), request);

            assertThat(answer).startsWith("HTTP/1.1 40").doesNotContainIgnoringCase("\r\nserver:");
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .contains("x-request-id: ", "cache-control: no-store", "x-content-type-options: nosniff")
                    .contains("application/problem+json");
        }
    }

    /** Answers that nobody read were kept, until the heap was full of them. */
    @Test
    void whoAsksOnAndOnAndReadsNothingIsHungUpOn() throws Exception {
        String page = "x".repeat(50_000);
        try (HttpDoor door = plain(ANY_PORT, _ -> new Reply.Text("text/plain", page));
                Socket greedy = new Socket(ANY_PORT.getAddress(), door.port())) {
            greedy.getOutputStream()
                    .write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000).getBytes(US_ASCII));

            await().until(() -> isHungUp(greedy));
        }
    }

    /** As one notices who does not read. */
    private static boolean isHungUp(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('\n');
            return false;
        } catch (SocketException _) {
            return true;
        }
    }

    @Test
    void headersHaveALimit() throws Exception {
        try (CapturedLog _ = new CapturedLog();
                HttpDoor door = plain(ANY_PORT, _ -> new Reply.Nothing())) {
            assertThat(say(door.port(), "GET /x HTTP/1.1\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(say(door.port(), "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aTokenIsNeverTakenInPlainHttp() throws Exception {
        try (RunningAdmin admin = new RunningAdmin(SampleStore.with())) {
            String answer = say(
                    admin.server().port(),
                    "GET /v1/users/ada@example.org HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n");

            assertThat(answer).doesNotContain("HTTP/1.1").doesNotContain("ada@example.org");
        }
    }

    private static CompletableFuture<String> saying(int port, String request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return say(port, request);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void closingLetsARequestUnderWayEndAndTakesNoLongerThanThat() throws Exception {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        HttpDoor door = plain(ANY_PORT, _ -> {
            underWay.countDown();
            closing.await();
            return new Reply.Text("text/plain", "done");
        });
        int port = door.port();
        CompletableFuture<String> answer = saying(port, "GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        underWay.await();
        long before = System.nanoTime();

        closing.countDown();
        door.close();

        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        assertThat(answer.get(5, TimeUnit.SECONDS)).startsWith("HTTP/1.1 200 ").endsWith("done");
        assertThatThrownBy(() -> say(port, "")).isInstanceOf(IOException.class);
        assertThat(EVENT_LOOPS.isShuttingDown()).isFalse();
    }

    @Test
    void closingCutsOffWhatTakesTooLong() throws Exception {
        try (CapturedLog _ = new CapturedLog()) {
            CountDownLatch underWay = new CountDownLatch(1);
            HttpDoor door = plain(ANY_PORT, _ -> {
                underWay.countDown();
                new CountDownLatch(1).await();
                return new Reply.Nothing();
            });
            CompletableFuture<String> answer = saying(door.port(), "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            underWay.await();
            long before = System.nanoTime();

            door.close();

            assertThat(System.nanoTime() - before).isLessThan(4_000_000_000L);
            assertThat(answer.get(5, TimeUnit.SECONDS)).doesNotStartWith("HTTP/1.1 20");
        }
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws Exception {
        try (HttpDoor door = plain(ANY_PORT, _ -> new Reply.Nothing())) {
            InetSocketAddress taken = new InetSocketAddress(ANY_PORT.getAddress(), door.port());

            assertThatThrownBy(() -> plain(taken, _ -> new Reply.Nothing()))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("test at ")
                    .hasMessageContaining(":" + door.port() + ": ");
        }
    }

    @Test
    void filesThatAreNoCertificateAreNamed() {
        Path missing = Path.of("/nowhere/chain.pem");
        TlsFiles none = new TlsFiles(missing, TLS.key());
        TlsFiles swapped = new TlsFiles(TLS.key(), TLS.certificateChain());

        assertThatThrownBy(none::read).hasMessage(missing + ": cannot be read (expected: a PEM file)");
        assertThatThrownBy(swapped::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(TLS.key().toString());
    }

    @Test
    void eventLoopsOfAnotherTransportAreRefused() {
        assumeThat(Flags.transportType()).isNotEqualTo(TransportType.NIO);
        try (MultiThreadIoEventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            assertThatThrownBy(() -> HttpDoor.open(
                            "test",
                            ANY_PORT,
                            Optional.empty(),
                            nio,
                            AccessLogWriter.disabled(),
                            RoutedService.forAnybody(List.of(), InstantSource.system())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("event loops: ");
        }
    }
}

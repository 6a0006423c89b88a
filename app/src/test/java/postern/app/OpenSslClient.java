package postern.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSL's own client, told to be as lenient as old devices are, and what it says. */
final class OpenSslClient {

    private OpenSslClient() {}

    static String handshake(int port, String version, String... more) throws IOException, InterruptedException {
        return say("", port, version, more);
    }

    /** From one of the addresses that this machine has for itself. */
    static String from(String address, int port, String version, String... more)
            throws IOException, InterruptedException {
        List<String> bound = new ArrayList<>(List.of("-bind", address + ":0"));
        bound.addAll(List.of(more));
        return handshake(port, version, bound.toArray(String[]::new));
    }

    /** With something said as soon as TLS is on, until the server hangs up. */
    static String say(String input, int port, String version, String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port, version));
        command.addAll(List.of("-cipher", "ALL:@SECLEVEL=0", input.isEmpty() ? "-no_ign_eof" : "-ign_eof"));
        command.addAll(List.of(more));
        Process client = new ProcessBuilder(command).redirectErrorStream(true).start();
        client.getOutputStream().write(input.getBytes(UTF_8));
        client.getOutputStream().close();
        String said = new String(client.getInputStream().readAllBytes(), UTF_8);
        assertThat(client.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}

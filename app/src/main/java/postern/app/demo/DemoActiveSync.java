package postern.app.demo;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import postern.proxy.sasl.BasicMessage;

/**
 * What the demo's mail server has to say to phones: which versions of ActiveSync there are. There is none that speaks all of
 * it and runs in this process.
 */
final class DemoActiveSync implements AutoCloseable {

    private final Server server;

    private DemoActiveSync(Server server) {
        this.server = server;
    }

    static DemoActiveSync start(DemoCertificates certificates, String masterPassword, List<String> people) {
        Set<String> proofs = people.stream()
                .map(person -> BasicMessage.write(
                        person + DemoMailServer.SEPARATOR + DemoMailServer.MASTER_USER, masterPassword))
                .collect(Collectors.toSet());
        Server server = Server.builder()
                .https(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .tls(TlsKeyPair.of(
                        certificates.key().toFile(), certificates.certificate().toFile()))
                .meterRegistry(NoopMeterRegistry.get())
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service("/Microsoft-Server-ActiveSync", (_, request) -> answer(request, proofs))
                .build();
        server.start().join();
        return new DemoActiveSync(server);
    }

    private static HttpResponse answer(HttpRequest request, Set<String> proofs) {
        String proof = request.headers().get(HttpHeaderNames.AUTHORIZATION);
        if (proof == null || !proofs.contains(proof)) {
            return HttpResponse.of(HttpStatus.UNAUTHORIZED);
        }
        if (request.method() != HttpMethod.OPTIONS) {
            return HttpResponse.of(HttpStatus.NOT_IMPLEMENTED);
        }
        return HttpResponse.of(ResponseHeaders.builder(HttpStatus.OK)
                .set("MS-ASProtocolVersions", "2.5,12.0,12.1,14.0,14.1,16.0,16.1")
                .set("MS-ASProtocolCommands", "Sync,SendMail,FolderSync,Ping,ItemOperations,Provision,Settings")
                .contentLength(0)
                .build());
    }

    int port() {
        return server.activeLocalPort();
    }

    @Override
    public void close() {
        server.close();
    }
}

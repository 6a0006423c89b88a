package postern.credentials.board;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionId;

/**
 * Somebody on the line, as others may see it.
 *
 * @param device what the client called itself before it logged in
 * @param tls {@code TLSv1.3}; empty when it came in the clear
 */
public record Session(
        SessionId id,
        LoginName name,
        AppPasswordId appPassword,
        Protocol protocol,
        InetAddress client,
        Optional<String> device,
        Optional<String> tls,
        Instant since) {}

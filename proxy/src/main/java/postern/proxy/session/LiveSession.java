package postern.proxy.session;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionId;

/**
 * Somebody on the line, from the moment their app password was accepted.
 *
 * @param device what the client called itself before it logged in
 * @param tls empty when it came in the clear
 */
public record LiveSession(
        SessionId id,
        Protocol protocol,
        LoginName name,
        AppPasswordId appPassword,
        InetAddress client,
        Optional<String> device,
        Optional<TlsTerms> tls,
        Instant since,
        Traffic traffic,
        Line line) {}

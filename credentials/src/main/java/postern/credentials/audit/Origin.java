package postern.credentials.audit;

import java.util.Optional;
import java.util.regex.Pattern;
import postern.credentials.LoginAttempt;
import postern.credentials.OneLine;
import postern.credentials.Protocol;

/**
 * Where it came from.
 *
 * @param protocol of the door; empty when it came by none
 * @param clientId what the client says it is
 * @param requestId by which the log tells of the same; one that is no such id is left out, since it stays in the chain
 * @param tls the version; empty where nothing was encrypted, or it came by no door
 */
public record Origin(
        Optional<Protocol> protocol,
        Optional<String> address,
        Optional<String> clientId,
        Optional<String> requestId,
        Optional<String> tls) {

    private static final Pattern REQUEST = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final Pattern TLS = Pattern.compile("[A-Za-z0-9.]{1,16}");

    /** From within. */
    public static final Origin NONE =
            new Origin(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MAX_ADDRESS = 64;
    private static final int MAX_CLIENT = 200;

    public Origin {
        address = address.map(text -> OneLine.of(text, MAX_ADDRESS));
        clientId = clientId.map(text -> OneLine.of(text, MAX_CLIENT));
        requestId = requestId.filter(REQUEST.asMatchPredicate()).map(text -> OneLine.of(text, MAX_CLIENT));
        tls = tls.filter(TLS.asMatchPredicate());
    }

    public static Origin of(LoginAttempt attempt) {
        return new Origin(
                Optional.of(attempt.protocol()),
                Optional.of(attempt.client().getHostAddress()),
                attempt.device(),
                Optional.empty(),
                attempt.tls());
    }

    /** Of an administrator's request. */
    public static Origin ofRequest(Optional<String> id) {
        return new Origin(Optional.empty(), Optional.empty(), Optional.empty(), id, Optional.empty());
    }
}

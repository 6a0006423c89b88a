package postern.admin;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import java.net.InetAddress;
import postern.credentials.Actor;
import postern.credentials.Role;
import postern.credentials.administration.Caller;
import postern.web.Gate;
import postern.web.Problem;
import postern.web.Refusal;

/** Lets in who bears the API token: an owner. */
public record TokenGate(ApiToken token) implements Gate {

    @Override
    public Caller pass(RequestHeaders headers, InetAddress from) {
        if (!token.isBorneBy(headers.get(HttpHeaderNames.AUTHORIZATION))) {
            throw new Refusal(Problem.UNAUTHORIZED
                    .because("authorization: missing or wrong (expected: Bearer and the API token)")
                    .header("WWW-Authenticate", "Bearer"));
        }
        return Caller.of(Actor.administrator("admin API"), Role.OWNER);
    }
}

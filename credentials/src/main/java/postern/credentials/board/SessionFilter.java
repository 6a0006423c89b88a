package postern.credentials.board;

import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.LoginName;
import postern.credentials.Protocol;
import postern.credentials.SessionId;
import postern.credentials.SourceNetwork;

/** Which sessions somebody wants to see: those of which all of this is so. */
public record SessionFilter(
        Optional<SessionId> id,
        Optional<LoginName> name,
        Optional<AppPasswordId> appPassword,
        Optional<Protocol> protocol,
        Optional<SourceNetwork> network) {

    public static final SessionFilter ALL =
            new SessionFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public SessionFilter withId(SessionId one) {
        return new SessionFilter(Optional.of(one), name, appPassword, protocol, network);
    }

    /** Of this account, by its login name and no alias. */
    public SessionFilter withName(LoginName account) {
        return new SessionFilter(id, Optional.of(account), appPassword, protocol, network);
    }

    public SessionFilter withAppPassword(AppPasswordId one) {
        return new SessionFilter(id, name, Optional.of(one), protocol, network);
    }

    public SessionFilter withProtocol(Protocol one) {
        return new SessionFilter(id, name, appPassword, Optional.of(one), network);
    }

    public SessionFilter withNetwork(SourceNetwork clients) {
        return new SessionFilter(id, name, appPassword, protocol, Optional.of(clients));
    }
}

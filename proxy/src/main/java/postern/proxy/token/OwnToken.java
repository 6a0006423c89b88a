package postern.proxy.token;

import java.util.function.Function;
import postern.credentials.LoginName;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.ServiceAccount;
import postern.credentials.provider.TokenAnswer;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;
import postern.proxy.upstream.UpstreamException;
import postern.proxy.upstream.UpstreamFailure;

/** Tokens that nobody's consent is asked for: an administrator has given us the right to them. */
sealed interface OwnToken extends TokenWay {

    TokenEndpoint endpoint();

    Function<ProviderClient, TokenAnswer> request(Holder holder);

    /** One for all mailboxes. */
    record AsOurselves(TokenEndpoint endpoint) implements OwnToken {

        @Override
        public Holder holderOf(LoginName mailbox) {
            return new Holder.Ourselves();
        }

        @Override
        public Function<ProviderClient, TokenAnswer> request(Holder holder) {
            return ProviderClient::asOurselves;
        }
    }

    /** One for each mailbox, by an account that may speak for all of them. */
    record InTheirName(TokenEndpoint endpoint, ServiceAccount account) implements OwnToken {

        @Override
        public Holder holderOf(LoginName mailbox) {
            return new Holder.Mailbox(mailbox);
        }

        @Override
        public Function<ProviderClient, TokenAnswer> request(Holder holder) {
            return switch (holder) {
                case Holder.Mailbox(LoginName name) -> client -> client.inTheNameOf(name.value(), account);
                case Holder.Ourselves _ -> throw new IllegalArgumentException("nobody's name (expected: a mailbox's)");
            };
        }
    }

    @Override
    default LoginName senderFor(LoginName mailbox) {
        return mailbox;
    }

    @Override
    default HeldToken fetch(Holder holder) throws UpstreamException {
        long asked = endpoint().now();
        return switch (endpoint().ask(holder, request(holder))) {
            case Given(var token, var _, var _, var _) -> new HeldToken(token, asked);
            case Later later -> throw endpoint().failure(later, holder);
            case Misconfigured(var why) -> throw endpoint().failure(UpstreamFailure.NO_TOKEN, holder, why);
            case Refused(var why) -> throw endpoint().failure(UpstreamFailure.NO_TOKEN, holder, why);
        };
    }
}

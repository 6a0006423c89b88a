package postern.credentials.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import postern.credentials.provider.DeviceAnswer.Asked;
import postern.credentials.provider.DeviceAnswer.NotAsked;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/** Asks for a code that somebody types at the provider's page (RFC 8628). */
record DeviceRequest(
        URI endpoint,
        String clientId,
        Scope scopes,
        TokenRequests tokens,
        HTTPRequestSender http,
        AnswerReader reader) {

    private static final int OK = 200;
    private static final int MOST_OF_A_CODE = 6 * 1024;
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** It is shown in a terminal. */
    private static final Pattern USER_CODE = Pattern.compile("[A-Za-z0-9-]{1,40}");

    DeviceAnswer ask() {
        List<String> secrets = new ArrayList<>();
        try {
            Optional<ClientAuthentication> proof = tokens.proof(secrets);
            DeviceAuthorizationRequest.Builder request = proof.isPresent()
                    ? new DeviceAuthorizationRequest.Builder(proof.get())
                    : new DeviceAuthorizationRequest.Builder(new ClientID(clientId));
            HTTPResponse answer = request.scope(scopes)
                    .endpointURI(endpoint)
                    .build()
                    .toHTTPRequest()
                    .send(http);
            return answer.getStatusCode() == OK ? asked(answer) : notAsked(reader.read(answer, secrets));
        } catch (JOSEException e) {
            return notAsked(TokenRequests.cannotSign(e));
        } catch (IOException e) {
            return notAsked(AnswerReader.nothing(e));
        }
    }

    private static DeviceAnswer asked(HTTPResponse answer) {
        try {
            DeviceAuthorizationSuccessResponse said = DeviceAuthorizationSuccessResponse.parse(answer);
            URI page = said.getVerificationURI();
            String deviceCode = said.getDeviceCode().getValue();
            String userCode = said.getUserCode().getValue();
            if (!"https".equals(page.getScheme())
                    || deviceCode.length() > MOST_OF_A_CODE
                    || !USER_CODE.matcher(userCode).matches()) {
                return unreadable();
            }
            return new Asked(new DeviceQuestion(
                    deviceCode,
                    userCode,
                    page,
                    within(said.getInterval(), LONGEST_INTERVAL),
                    within(said.getLifetime(), LONGEST_LIFE)));
        } catch (ParseException | IllegalArgumentException _) { // which may quote it
            return unreadable();
        }
    }

    private static Duration within(long seconds, Duration most) {
        return Duration.ofSeconds(Math.clamp(seconds, 1, most.toSeconds()));
    }

    private static DeviceAnswer unreadable() {
        return new NotAsked(new ProviderWords(
                "no code", "", "it says yes, and gives no code that could be typed", "check device-endpoint"));
    }

    private static DeviceAnswer notAsked(TokenAnswer answer) {
        return switch (answer) {
            case Refused(ProviderWords why) -> new NotAsked(why);
            case Misconfigured(ProviderWords why) -> new NotAsked(why);
            case Later later -> new NotAsked(later.why());
            case Given _ -> unreadable();
        };
    }
}

package postern.credentials.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import postern.credentials.provider.DeviceQuestion;
import postern.credentials.provider.ProviderClient;
import postern.credentials.provider.ProviderWords;
import postern.credentials.provider.TokenAnswer;
import postern.credentials.provider.TokenAnswer.Given;
import postern.credentials.provider.TokenAnswer.Later;
import postern.credentials.provider.TokenAnswer.Misconfigured;
import postern.credentials.provider.TokenAnswer.Refused;

/**
 * Asks until somebody has typed the code: not more often than the provider wants, and not longer than the
 * code lives.
 */
record DeviceWait(ProviderClient client, InstantSource clock, Consents.Pause pause) {

    private static final Duration SLOWER = Duration.ofSeconds(5); // RFC 8628 section 3.5
    private static final Duration SLOWEST = Duration.ofMinutes(1);

    TokenAnswer outcome(DeviceQuestion question, Instant endsAt) throws InterruptedException {
        Duration interval = question.interval();
        while (true) {
            pause.of(interval);
            if (!clock.instant().isBefore(endsAt)) {
                return new Refused(ProviderWords.of("expired_token", ""));
            }
            switch (client.byDeviceCode(question.deviceCode())) {
                case Given given -> {
                    return given;
                }
                case Refused refused -> {
                    return refused;
                }
                case Misconfigured misconfigured -> {
                    return misconfigured;
                }
                case Later later -> interval = next(interval, later);
            }
        }
    }

    /** Also when it does not answer: it is left alone for longer, and the code lives on. */
    private static Duration next(Duration interval, Later later) {
        if (later.why().code().equals("authorization_pending")) {
            return interval;
        }
        Duration slower = later.after().orElse(Duration.ZERO).compareTo(interval.plus(SLOWER)) > 0
                ? later.after().orElseThrow()
                : interval.plus(SLOWER);
        return slower.compareTo(SLOWEST) < 0 ? slower : SLOWEST;
    }
}

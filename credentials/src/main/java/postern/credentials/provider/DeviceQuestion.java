package postern.credentials.provider;

import java.net.URI;
import java.time.Duration;

/**
 * What the owner of a mailbox is to do elsewhere, so that we are let in here. Prints without the codes.
 *
 * @param deviceCode ours: what was typed is asked for by it
 * @param userCode what they type
 * @param page where
 * @param interval between two times that we ask
 * @param life of both codes
 */
public record DeviceQuestion(String deviceCode, String userCode, URI page, Duration interval, Duration life) {

    @Override
    public String toString() {
        return "DeviceQuestion[page=" + page + ", ***]";
    }
}

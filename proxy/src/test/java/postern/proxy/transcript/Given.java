package postern.proxy.transcript;

import java.util.Arrays;

/** What a transcript may take for granted beyond Ada, her app password and a mail server that works. */
public enum Given {
    NO_TLS("no TLS"),
    TRUSTED_NETWORK("a network where passwords are read in the clear"),
    KNOWN_ADDRESS("an address that is logged in without a password"),
    EXPIRED("the app password has expired"),
    STORE_DOWN("the credential store is down"),
    UPSTREAM_DOWN("the upstream is down"),
    UPSTREAM_REFUSES("the upstream refuses us"),
    UPSTREAM_FULL("the upstream says goodbye in the place of a greeting"),
    UPSTREAM_LEAVES("the upstream leaves in the middle of our login"),
    NAMES("bare names are of example.org, and so is the Windows domain CONTOSO"),
    LISTENER("it is the listener that answers"),
    NO_ROUTE("nobody routes this person"),
    SENDS_NOTHING("the app password sends as scanner@example.org, and nothing today"),
    NO_ROOM("the person has as many sessions as they may");

    private final String words;

    Given(String words) {
        this.words = words;
    }

    static Given of(String words) {
        return Arrays.stream(values())
                .filter(one -> one.words.equals(words))
                .findAny()
                .orElseThrow(
                        () -> new IllegalArgumentException("given: " + words + " (nobody knows how to give that)"));
    }
}

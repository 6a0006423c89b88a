package postern.config;

import java.util.Arrays;
import java.util.Optional;

/** The versions of TLS that clients speak, oldest first. */
public enum TlsVersion {
    TLS_1_0("1.0", "TLSv1"),
    TLS_1_1("1.1", "TLSv1.1"),
    TLS_1_2("1.2", "TLSv1.2"),
    TLS_1_3("1.3", "TLSv1.3");

    private final String number;
    private final String protocol;

    TlsVersion(String number, String protocol) {
        this.number = number;
        this.protocol = protocol;
    }

    /** As people and files write it. */
    public String number() {
        return number;
    }

    /** As Java writes it. */
    public String protocol() {
        return protocol;
    }

    /** Forbidden since RFC 8996, and all that some clients can. */
    public boolean isOld() {
        return compareTo(TLS_1_2) < 0;
    }

    public static Optional<TlsVersion> ofProtocol(String protocol) {
        return Arrays.stream(values())
                .filter(version -> version.protocol.equals(protocol))
                .findFirst();
    }

    static Optional<TlsVersion> ofNumber(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number))
                .findFirst();
    }
}

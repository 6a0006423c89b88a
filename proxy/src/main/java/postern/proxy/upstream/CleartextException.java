package postern.proxy.upstream;

import java.io.IOException;
import java.net.InetAddress;

/** Not connected, since what would be said there in plain text others could read. */
public final class CleartextException extends IOException {

    CleartextException(InetAddress address) {
        super(address.getHostAddress() + " is neither this machine nor listed");
    }
}

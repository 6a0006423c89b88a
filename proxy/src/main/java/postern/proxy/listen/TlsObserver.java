package postern.proxy.listen;

import postern.config.TlsVersion;
import postern.credentials.LoginName;
import postern.proxy.session.LiveSession;

/** Told of TLS at the doors. */
public interface TlsObserver {

    void encrypted(String listener, TlsVersion version);

    /** A handshake did not come to its end. */
    void failed(String listener);

    /** Somebody's app password was right, and they said it in plain text, from where that may be. */
    void loggedInInTheClear(String listener, LoginName name);

    /** Somebody's app password was right, and their client can do no better than this. */
    void loggedInByOld(String listener, TlsVersion version, LiveSession session);
}

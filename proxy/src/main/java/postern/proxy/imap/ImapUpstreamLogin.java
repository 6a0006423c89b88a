package postern.proxy.imap;

import static postern.proxy.conversation.UpstreamLogin.quoted;

import java.nio.charset.StandardCharsets;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/** How IMAP words a login upstream: the command is without its tag. */
final class ImapUpstreamLogin {

    private ImapUpstreamLogin() {}

    /** LOGIN where it says all there is, since every server knows it. */
    static UpstreamLogin by(UpstreamProof proof) {
        return switch (proof) {
            case MasterUser master -> login(master.name(), master.password());
            case OwnPassword(var user, var password) -> login(user, password);
            case ForAnother _, Bearer _ -> UpstreamLogin.sasl("AUTHENTICATE", proof);
        };
    }

    /** A quoted string holds ASCII alone; any other goes as a literal, once it is asked for. */
    private static UpstreamLogin login(String name, String password) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes == name.length()
                ? UpstreamLogin.of("LOGIN " + quoted(name) + " " + quoted(password))
                : UpstreamLogin.of("LOGIN {" + bytes + "}", name + " " + quoted(password));
    }
}

package postern.app.doctor;

import io.netty.channel.ConnectTimeoutException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.Optional;
import postern.app.doctor.Finding.Failed;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.upstream.CleartextException;
import postern.proxy.upstream.UpstreamException;

/** What is wrong with an upstream by one protocol, and what to do about it, in an operator's words. */
record Remedies(UpstreamSettings upstream, Protocol protocol) {

    private String setting(String key) {
        return "upstreams." + upstream.name() + "." + key;
    }

    private String ofProtocol(String key) {
        return setting(protocol + "." + key);
    }

    private String spoken() {
        return protocol.toString().toUpperCase(Locale.ROOT);
    }

    /** @param cause empty: the name servers took too long */
    Failed unknownName(String host, Optional<Throwable> cause) {
        return cause.orElse(null) instanceof ConnectException family
                ? new Failed(
                        String.valueOf(family.getMessage()),
                        setting("source-address") + ": one of the family that " + host + " has")
                : new Failed(
                        host + ": no name server gives an address for it",
                        setting("host") + ": a name that this machine can resolve (getent ahosts " + host
                                + "; /etc/resolv.conf)");
    }

    /** @param at address and port */
    Failed notConnected(String at, Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return switch (cause) {
            case CleartextException _ ->
                new Failed(
                        "plain text to " + words,
                        ofProtocol("tls") + ": implicit or starttls; or that network in "
                                + setting("cleartext-networks"));
            case ConnectTimeoutException _ ->
                new Failed(
                        "nothing answers at " + at + " within "
                                + upstream.dialing().connectTimeout().toSeconds() + " s",
                        "let this machine out to " + at + " (a firewall drops it?), or mend " + setting("host"));
            case BindException _ -> notOurs(words);
            default ->
                words.contains("assign requested address")
                        ? notOurs(words)
                        : new Failed(at + ": " + reason(words), cureOfConnection(at, words));
        };
    }

    private Failed notOurs(String words) {
        return new Failed(
                "this machine cannot call from "
                        + upstream.dialing().sourceAddress().orElse("there") + ": " + reason(words),
                setting("source-address") + ": an address of this machine");
    }

    private String cureOfConnection(String at, String words) {
        return words.contains("refused")
                ? "start the mail server, or mend " + ofProtocol("port") + ": nobody listens at " + at
                : "a route from this machine to " + at + ", or another address for " + setting("host");
    }

    /** Without what Netty puts around it. */
    private static String reason(String words) {
        String last = words.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "")
                .replaceFirst("^(?:.*: )?(Connection refused).*$", "$1");
        return last.isEmpty() ? "no connection" : last;
    }

    /** There was no TLS, and so no certificate to blame. */
    Failed noTls(UpstreamTls mode, String seen) {
        return switch (mode) {
            case IMPLICIT ->
                new Failed(
                        "it does not begin with TLS: " + seen,
                        ofProtocol("tls") + ": starttls, or the port where it speaks TLS from the first byte, in "
                                + ofProtocol("port"));
            case STARTTLS, NONE ->
                new Failed(
                        seen,
                        "turn STARTTLS on at the mail server, or " + ofProtocol("tls")
                                + ": implicit, with its port; if both"
                                + " are right, somebody between here and there meddles");
        };
    }

    Failed tlsBrokenOff(String seen) {
        return new Failed(
                "it broke TLS off: " + seen,
                setting("client-certificate-file")
                        + ", if it asks for a certificate; TLS 1.2 or 1.3 at the mail server");
    }

    /** It was there, and did not get as far as it should. */
    Failed failed(UpstreamException failure) {
        String seen = failure.seen();
        return switch (failure.failure()) {
            case NO_ROUTE -> new Failed(seen, "routes.default, or a rule in routes for whom it is");
            case UNREACHABLE -> unreachable(seen);
            case UNTRUSTED ->
                new Failed("TLS did not come about: " + seen, setting("ca-file") + ", " + ofProtocol("tls"));
            case LOOPS ->
                new Failed(
                        "it is a door of Postern's own, or leads back to one: " + seen,
                        setting("host") + ": the mail server, and not a name of Postern");
            case CONFUSED -> confused(seen);
            case NO_TOKEN -> new Failed("the token was not taken, or there is none: " + seen, failure.lookAt());
            case CONSENT_LOST -> new Failed("nobody has let us in, or not any more: " + seen, failure.lookAt());
            case REFUSED ->
                new Failed(
                        "it knows us and says no: " + seen,
                        setting("login") + ": user, password, strategy; and whether that mailbox exists there");
            case NOT_CONNECTED ->
                new Failed(
                        "it took the login, and has no mailbox for it: " + seen,
                        "a licence for the mailbox, and " + spoken() + " switched on for it");
            case SUBMISSION_DISABLED ->
                new Failed(
                        "sending by login is switched off there: " + seen,
                        "authenticated SMTP, for the mailbox and its organisation (docs/microsoft-365.md)");
            case THROTTLED ->
                new Failed(
                        "it wants to be left alone for a while: " + seen,
                        "wait; " + setting("limits") + ", if it comes again");
            case BUSY ->
                new Failed(
                        "it has no room for one more at the moment: " + seen,
                        "how many sessions it allows for each mailbox and for this machine; " + setting("limits"));
        };
    }

    private Failed unreachable(String seen) {
        return switch (seen) {
            case "it hung up" ->
                new Failed(
                        "it hung up",
                        "its log: whether it lets this machine in, and expects what " + setting("client-address")
                                + " says ahead");
            case "it took too long" ->
                new Failed(
                        "it fell silent: not done after "
                                + upstream.dialing().loginTimeout().toSeconds() + " s",
                        "its log and its load; whether it waits for TLS or for a PROXY header first ("
                                + ofProtocol("tls") + ", " + setting("client-address") + ")");
            default ->
                new Failed(
                        "it sends us away: " + seen,
                        "its log: whether it is going down, is full, or has banned this machine");
        };
    }

    private Failed confused(String seen) {
        if (seen.startsWith("* PREAUTH")) {
            return new Failed(
                    "it opens a mailbox before anybody has logged in (PREAUTH), and nobody knows whose",
                    "have it ask for a login, or mend " + ofProtocol("port"));
        }
        return seen.contains("client-address asks for")
                ? new Failed(seen, setting("client-address") + ": off, or trust this machine at the mail server")
                : new Failed(
                        "it does not speak " + spoken() + " as it is written: " + seen,
                        ofProtocol("port") + ", and what listens there");
    }
}

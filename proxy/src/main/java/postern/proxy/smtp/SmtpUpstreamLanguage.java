package postern.proxy.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import postern.config.ClientAddress;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.smtp.SmtpUpstreamState.Connected;
import postern.proxy.smtp.SmtpUpstreamState.Plan;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/**
 * SMTP as it is spoken with upstreams.
 *
 * @param serverName what we call ourselves
 */
public record SmtpUpstreamLanguage(String serverName) implements UpstreamLanguage<SmtpUpstreamState> {

    /** To clients who hear of it in time. */
    private static final List<String> USEFUL =
            List.of("PIPELINING", "SIZE", "8BITMIME", "SMTPUTF8", "CHUNKING", "DSN", "ENHANCEDSTATUSCODES");

    @Override
    public Protocol protocol() {
        return Protocol.SMTP;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.smtp().door();
    }

    @Override
    public SmtpUpstreamState begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream) {
        return new Connected(
                new Plan(serverName, logins(proof), upstream.smtp().extensions(), errand.toldTo(upstream)),
                door(upstream).tls() == UpstreamTls.STARTTLS);
    }

    @Override
    public SmtpUpstreamState look(UpstreamSettings upstream) {
        return new Connected(
                new SmtpUpstreamState.Look(serverName), door(upstream).tls() == UpstreamTls.STARTTLS);
    }

    @Override
    public List<Lack> lacks(UpstreamSettings upstream, List<String> offered) {
        List<Lack> lacks = new ArrayList<>();
        List<String> mechanisms =
                UpstreamLanguage.mechanism(upstream.login()).map(List::of).orElse(List.of("PLAIN", "LOGIN"));
        if (mechanisms.stream().noneMatch(name -> SmtpCapabilities.takes(offered, name))) {
            lacks.add(new Lack(
                    "AUTH " + String.join(" nor AUTH ", mechanisms),
                    UpstreamLanguage.mechanismSetting(upstream.login())));
        }
        upstream.smtp().extensions().stream()
                .filter(keyword -> !SmtpCapabilities.has(offered, keyword))
                .forEach(keyword -> lacks.add(new Lack(keyword, "smtp.extensions")));
        if (upstream.clientAddress() == ClientAddress.ID_AND_XCLIENT && !SmtpCapabilities.has(offered, "XCLIENT")) {
            lacks.add(new Lack("XCLIENT", "client-address"));
        }
        return lacks;
    }

    @Override
    public List<String> untold(UpstreamSettings upstream, List<String> offered) {
        return SmtpCapabilities.among(offered, USEFUL).stream()
                .filter(keyword -> !upstream.smtp().extensions().contains(keyword))
                .toList();
    }

    @Override
    public List<String> questions() {
        return List.of("NOOP", "QUIT");
    }

    @Override
    public Reply reply(String line) {
        if (line.startsWith("-", 3)) {
            return Reply.GOES_ON;
        }
        return line.startsWith("2") ? Reply.GOOD : Reply.BAD;
    }

    /**
     * The one to be preferred first. Each in two steps or three: with its message along, the line might be longer than
     * RFC 4954 allows.
     */
    static List<UpstreamLogin> logins(UpstreamProof proof) {
        return switch (proof) {
            case MasterUser master -> byPassword(proof, master.name(), master.password());
            case OwnPassword(var user, var password) -> byPassword(proof, user, password);
            case ForAnother _, Bearer _ -> List.of(UpstreamLogin.sasl("AUTH", proof));
        };
    }

    /** Exchange has no PLAIN. */
    private static List<UpstreamLogin> byPassword(UpstreamProof proof, String user, String password) {
        return List.of(
                UpstreamLogin.sasl("AUTH", proof), UpstreamLogin.of("AUTH LOGIN", base64(user), base64(password)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

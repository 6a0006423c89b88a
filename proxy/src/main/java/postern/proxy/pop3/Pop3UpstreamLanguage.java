package postern.proxy.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.conversation.UpstreamLogin;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;
import postern.proxy.upstream.UpstreamProof.Bearer;
import postern.proxy.upstream.UpstreamProof.ForAnother;
import postern.proxy.upstream.UpstreamProof.MasterUser;
import postern.proxy.upstream.UpstreamProof.OwnPassword;

/** POP3 as it is spoken with upstreams. */
public final class Pop3UpstreamLanguage implements UpstreamLanguage<Pop3UpstreamState> {

    @Override
    public Protocol protocol() {
        return Protocol.POP3;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.pop3();
    }

    @Override
    public Pop3UpstreamState begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream) {
        return new Pop3UpstreamState.Connected(new Pop3UpstreamState.Plan(
                login(proof),
                upstream.pop3().tls() == UpstreamTls.STARTTLS,
                errand.toldTo(upstream),
                upstream.probes()));
    }

    @Override
    public Pop3UpstreamState look(UpstreamSettings upstream) {
        return new Pop3UpstreamState.Connected(
                new Pop3UpstreamState.Look(upstream.pop3().tls() == UpstreamTls.STARTTLS));
    }

    /**
     * Of one that does not say what it offers, nothing is missed; nor is USER of any, since servers that answer CAPA and forget
     * it there take it all the same, as a login will tell.
     */
    @Override
    public List<Lack> lacks(UpstreamSettings upstream, List<String> offered) {
        return UpstreamLanguage.mechanism(upstream.login())
                .filter(name -> !offered.isEmpty() && !Pop3Capabilities.has(offered, "SASL", name))
                .map(name -> new Lack("SASL " + name, UpstreamLanguage.mechanismSetting(upstream.login())))
                .stream()
                .toList();
    }

    @Override
    public List<String> questions() {
        return List.of("STAT", "NOOP", "QUIT");
    }

    @Override
    public Reply reply(String line) {
        return line.regionMatches(true, 0, "+OK", 0, 3) ? Reply.GOOD : Reply.BAD;
    }

    static UpstreamLogin login(UpstreamProof proof) {
        return switch (proof) {
            case MasterUser master -> userAndPass(proof, master.name(), master.password());
            case OwnPassword(var user, var password) -> userAndPass(proof, user, password);
            case ForAnother _, Bearer _ -> UpstreamLogin.sasl("AUTH", proof);
        };
    }

    /** Which every server knows; but they are ASCII alone (RFC 1939 section 3). */
    private static UpstreamLogin userAndPass(UpstreamProof proof, String user, String password) {
        return StandardCharsets.US_ASCII.newEncoder().canEncode(user + password)
                ? UpstreamLogin.of("USER " + user, "PASS " + password)
                : UpstreamLogin.sasl("AUTH", proof);
    }
}

package postern.proxy.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import postern.config.ClientAddress;
import postern.config.UpstreamDoorSettings;
import postern.config.UpstreamSettings;
import postern.config.UpstreamTls;
import postern.credentials.Protocol;
import postern.proxy.conversation.UpstreamLanguage;
import postern.proxy.upstream.Errand;
import postern.proxy.upstream.UpstreamProof;

/** IMAP as it is spoken with upstreams. */
public final class ImapUpstreamLanguage implements UpstreamLanguage<ImapUpstreamState> {

    private static final Pattern ANSWERED = Pattern.compile("(?i)D[1-3] OK( .*)?");

    @Override
    public Protocol protocol() {
        return Protocol.IMAP;
    }

    @Override
    public UpstreamDoorSettings door(UpstreamSettings upstream) {
        return upstream.imap().door();
    }

    @Override
    public boolean isGuarded(UpstreamSettings upstream) {
        return upstream.imap().guarded();
    }

    @Override
    public ImapUpstreamState begin(UpstreamProof proof, Errand errand, UpstreamSettings upstream) {
        return new ImapUpstreamState.Connected(new ImapUpstreamState.Plan(
                ImapUpstreamLogin.by(proof),
                door(upstream).tls() == UpstreamTls.STARTTLS,
                errand.toldTo(upstream),
                upstream.probes()));
    }

    @Override
    public ImapUpstreamState look(UpstreamSettings upstream) {
        return new ImapUpstreamState.Connected(
                new ImapUpstreamState.Look(door(upstream).tls() == UpstreamTls.STARTTLS));
    }

    @Override
    public List<Lack> lacks(UpstreamSettings upstream, List<String> offered) {
        List<Lack> lacks = new ArrayList<>();
        Optional<String> mechanism = UpstreamLanguage.mechanism(upstream.login());
        mechanism
                .filter(name -> !ImapCapabilities.has(offered, "AUTH=" + name))
                .ifPresent(name ->
                        lacks.add(new Lack("AUTH=" + name, UpstreamLanguage.mechanismSetting(upstream.login()))));
        if (mechanism.isEmpty() && ImapCapabilities.has(offered, "LOGINDISABLED")) {
            lacks.add(new Lack("LOGIN (it says LOGINDISABLED)", "login.strategy"));
        }
        if (upstream.clientAddress() == ClientAddress.ID_AND_XCLIENT && !ImapCapabilities.has(offered, "ID")) {
            lacks.add(new Lack("ID", "client-address"));
        }
        return lacks;
    }

    /** EXAMINE looks into a mailbox as SELECT does, and leaves its messages as new as they are. */
    @Override
    public List<String> questions() {
        return List.of("D1 EXAMINE INBOX", "D2 NOOP", "D3 LOGOUT");
    }

    @Override
    public Reply reply(String line) {
        if (line.startsWith("* ")) {
            return Reply.GOES_ON;
        }
        return ANSWERED.matcher(line).matches() ? Reply.GOOD : Reply.BAD;
    }
}

package postern.config;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One real mail server, or several that have the same mailboxes.
 *
 * @param probes whether a mailbox is looked at before its client is told that it is open
 */
public record UpstreamSettings(
        String name,
        UpstreamImapSettings imap,
        UpstreamDoorSettings pop3,
        UpstreamSmtpSettings smtp,
        UpstreamHttpSettings http,
        UpstreamTrust trust,
        UpstreamDialing dialing,
        UpstreamLoginSettings login,
        boolean probes,
        ClientAddress clientAddress,
        MailboxLimits limits) {

    /** All that is called there, by whatever protocol, each once. */
    public SortedSet<String> hosts() {
        return Stream.of(imap.door(), pop3, smtp.door(), http.door())
                .flatMap(door -> door.hosts().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static UpstreamSettings from(Section in) {
        return new UpstreamSettings(
                in.name(),
                UpstreamImapSettings.from(in.section("imap"), in),
                UpstreamDoorSettings.from(in.section("pop3"), in),
                UpstreamSmtpSettings.from(in.section("smtp"), in),
                UpstreamHttpSettings.from(in.section("http"), in),
                UpstreamTrust.from(in),
                UpstreamDialing.from(in),
                UpstreamLoginSettings.from(in.section("login")),
                in.yes("probe"),
                in.choice("client-address", ClientAddress.values()),
                MailboxLimits.from(in.section("limits")));
    }
}

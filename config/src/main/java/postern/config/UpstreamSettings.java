package postern.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One real mail server.
 *
 * @param caFile whom to trust; empty: whom the system trusts
 * @param loginTimeout from connecting to logged in
 * @param probes whether a mailbox is looked at before its client is told that it is open
 */
public record UpstreamSettings(
        String name,
        String host,
        UpstreamImapSettings imap,
        UpstreamDoorSettings pop3,
        UpstreamSmtpSettings smtp,
        Optional<Path> caFile,
        Duration connectTimeout,
        Duration loginTimeout,
        UpstreamLoginSettings login,
        boolean probes,
        ClientAddress clientAddress,
        MailboxLimits limits) {

    static UpstreamSettings from(Section in) {
        String host = in.text("host", "a host name or an IP address", text -> text.matches("[A-Za-z0-9._:-]+"));
        return new UpstreamSettings(
                in.name(),
                host,
                UpstreamImapSettings.from(in.section("imap"), host),
                UpstreamDoorSettings.from(in.section("pop3"), host),
                UpstreamSmtpSettings.from(in.section("smtp"), host),
                in.optionalPath("ca-file"),
                in.duration("connect-timeout", Duration.ofSeconds(1), Duration.ofMinutes(1)),
                in.duration("login-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5)),
                UpstreamLoginSettings.from(in.section("login")),
                in.yes("probe"),
                in.choice("client-address", ClientAddress.values()),
                MailboxLimits.from(in.section("limits")));
    }
}

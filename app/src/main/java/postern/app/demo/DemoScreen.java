package postern.app.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What the demo tells whoever started it: every line that looks like a command is one, as it stands. */
record DemoScreen(DemoPorts ports, Path ca, Path config, Path letter, List<DemoPerson> people, String adminToken) {

    String text() {
        DemoPerson ada = people.getFirst();
        return """

                Postern is up. An app password opens a mailbox here; the mail server behind it never sees one.

                %s

                  IMAP            127.0.0.1 port %d (TLS)   or   port %d (STARTTLS)
                  POP3            127.0.0.1 port %d (TLS)   or   port %d (STLS)
                  sending (SMTP)  127.0.0.1 port %d (TLS)   or   port %d (STARTTLS)
                  devices (SMTP)  127.0.0.1 port %d (TLS, STARTTLS or neither)
                  ActiveSync      https://127.0.0.1:%d/Microsoft-Server-ActiveSync
                  admin API       https://127.0.0.1:%d/v1
                  admin token     %s
                  health, metrics http://127.0.0.1:%d/health/ready   /metrics
                  CA certificate  %s
                  configuration   %s

                Try it, in another terminal:

                # what is in the mailbox, then the first message
                  curl --cacert %s -u '%s:%s' 'imaps://127.0.0.1:%d/INBOX' -X 'FETCH 1:* (FLAGS ENVELOPE)'
                  curl --cacert %s -u '%s:%s' 'imaps://127.0.0.1:%d/INBOX;UID=1'

                # the same mailbox by POP3, and a letter to the other person
                  curl --cacert %s -u '%s:%s' 'pop3s://127.0.0.1:%d/1'
                  curl --cacert %s -u '%s:%s' smtps://127.0.0.1:%d --mail-from %s --mail-rcpt %s -T %s

                # the same letter as a scanner sends it that knows no TLS
                  curl -u '%s:%s' smtp://127.0.0.1:%d --mail-from %s --mail-rcpt %s -T %s

                # what a phone asks first: which versions of ActiveSync there are (the demo's mail server has no more to say to it)
                  curl -i --cacert %s -u '%s:%s' -X OPTIONS https://127.0.0.1:%d/Microsoft-Server-ActiveSync

                # what Thunderbird asks to set itself up
                  curl --cacert %s 'https://127.0.0.1:%d/mail/config-v1.1.xml?emailaddress=%s'

                # an app password for a new device
                  curl --cacert %s -H 'Authorization: Bearer %s' --json '{"name": "Old phone"}' https://127.0.0.1:%d/v1/users/%s/app-passwords

                # take the first one away: its sessions end and it opens nothing any more
                  curl --cacert %s -H 'Authorization: Bearer %s' -X DELETE https://127.0.0.1:%d/v1/users/%s/app-passwords/%s

                # what is counted
                  curl -s http://127.0.0.1:%d/metrics | grep ^postern_

                Stop it with Ctrl-C.

                """.formatted(
                        logins(),
                        ports.imaps(),
                        ports.imap(),
                        ports.pop3s(),
                        ports.pop3(),
                        ports.submissions(),
                        ports.submission(),
                        ports.devices(),
                        ports.https(),
                        ports.admin(),
                        adminToken,
                        ports.management(),
                        ca,
                        config,
                        ca,
                        ada.name(),
                        ada.secret(),
                        ports.imaps(),
                        ca,
                        ada.name(),
                        ada.secret(),
                        ports.imaps(),
                        ca,
                        ada.name(),
                        ada.secret(),
                        ports.pop3s(),
                        ca,
                        ada.name(),
                        ada.secret(),
                        ports.submissions(),
                        ada.name(),
                        people.getLast().name(),
                        letter,
                        ada.name(),
                        ada.secret(),
                        ports.devices(),
                        ada.name(),
                        people.getLast().name(),
                        letter,
                        ca,
                        ada.name(),
                        ada.secret(),
                        ports.https(),
                        ca,
                        ports.https(),
                        ada.name(),
                        ca,
                        adminToken,
                        ports.admin(),
                        ada.name(),
                        ca,
                        adminToken,
                        ports.admin(),
                        ada.name(),
                        ada.id(),
                        ports.management());
    }

    private String logins() {
        return people.stream()
                .map(person -> "  %-18s app password  %s".formatted(person.name(), person.secret()))
                .collect(Collectors.joining("\n"));
    }
}

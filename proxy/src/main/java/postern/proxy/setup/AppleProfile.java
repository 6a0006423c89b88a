package postern.proxy.setup;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import postern.config.SetupOffer;
import postern.config.SetupOffer.MailPlace;
import postern.credentials.grant.GrantSecret;
import postern.credentials.setup.SetupKind;
import postern.proxy.setup.Offers.Asked;

/**
 * A configuration profile for Apple's devices: one account. Its names are made of the address, so that one that is
 * installed again takes the place of the one before.
 */
final class AppleProfile {

    private static final String DOCTYPE = "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\""
            + " \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n";
    private static final String WITH_PASSWORD = "EmailAuthPassword";

    private final Asked asked;
    private final SetupKind kind;
    private final Optional<GrantSecret> appPassword;
    private final XmlText xml = new XmlText(DOCTYPE);

    private AppleProfile(Asked asked, SetupKind kind, Optional<GrantSecret> appPassword) {
        this.asked = asked;
        this.kind = kind;
        this.appPassword = appPassword;
    }

    /** Whether there is one: for mail, a device wants to know where it is read and where it is sent. */
    static boolean isOffered(SetupOffer offer, SetupKind kind) {
        return switch (kind) {
            case MAIL -> offer.incoming().isPresent() && offer.smtp().isPresent();
            case ACTIVESYNC -> offer.activesync();
        };
    }

    /**
     * One that is offered.
     *
     * @param appPassword empty: the device asks its owner
     */
    static String of(Asked asked, SetupKind kind, Optional<GrantSecret> appPassword) {
        return new AppleProfile(asked, kind, appPassword).text();
    }

    private String text() {
        xml.open("plist").attribute("version", "1.0").open("dict");
        xml.leaf("key", "PayloadContent").open("array").open("dict");
        switch (kind) {
            case MAIL ->
                mail(
                        asked.offer().incoming().orElseThrow(),
                        asked.offer().smtp().orElseThrow());
            case ACTIVESYNC -> activeSync();
        }
        xml.close().close();
        payload("Configuration", "profile");
        string("PayloadOrganization", asked.displayName());
        yes("PayloadRemovalDisallowed", false);
        return xml.done();
    }

    private void mail(MailPlace incoming, MailPlace outgoing) {
        payload("com.apple.mail.managed", "account");
        string("EmailAccountDescription", asked.displayName());
        string("EmailAccountType", asked.offer().imap().isPresent() ? "EmailTypeIMAP" : "EmailTypePOP");
        string("EmailAddress", asked.address().value());
        server("Incoming", incoming);
        password("IncomingPassword");
        server("Outgoing", outgoing);
        yes("OutgoingPasswordSameAsIncomingPassword", true);
    }

    /** With STARTTLS too, "UseSSL" is what makes a device insist on it. */
    private void server(String which, MailPlace place) {
        string(which + "MailServerAuthentication", WITH_PASSWORD);
        string(which + "MailServerHostName", place.host());
        number(which + "MailServerPortNumber", place.port());
        yes(which + "MailServerUseSSL", true);
        string(which + "MailServerUsername", asked.address().value());
    }

    private void activeSync() {
        payload("com.apple.eas.account", "account");
        string("EmailAddress", asked.address().value());
        string("Host", asked.offer().https().authority());
        yes("SSL", true);
        string("UserName", asked.address().value());
        password("Password");
    }

    private void payload(String type, String part) {
        UUID uuid = UUID.nameUUIDFromBytes(
                ("postern " + part + " " + kind + " " + asked.address().value()).getBytes(StandardCharsets.UTF_8));
        string("PayloadType", type);
        number("PayloadVersion", 1);
        string("PayloadIdentifier", "postern." + part + "." + kind + "." + uuid);
        string("PayloadUUID", uuid.toString().toUpperCase(Locale.ROOT));
        string(
                "PayloadDisplayName",
                asked.displayName() + " (" + asked.address().value() + ")");
    }

    private void password(String key) {
        appPassword.ifPresent(secret -> string(key, new String(secret.bytes(), StandardCharsets.UTF_8)));
    }

    private void string(String key, String value) {
        xml.leaf("key", key).leaf("string", value);
    }

    private void number(String key, int value) {
        xml.leaf("key", key).leaf("integer", String.valueOf(value));
    }

    private void yes(String key, boolean value) {
        xml.leaf("key", key).empty(String.valueOf(value));
    }
}

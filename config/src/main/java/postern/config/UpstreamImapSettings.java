package postern.config;

/**
 * Where an upstream speaks IMAP.
 *
 * @param guarded whether commands are kept from it that would undo or lend our login
 */
public record UpstreamImapSettings(UpstreamDoorSettings door, boolean guarded) {

    static UpstreamImapSettings from(Section in, Section upstream) {
        return new UpstreamImapSettings(UpstreamDoorSettings.from(in, upstream), in.yes("guard"));
    }
}

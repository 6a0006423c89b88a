package postern.proxy.http;

/** What a phone says, in its order: rules, folders, mail, and then it waits. */
public final class Documents {

    private static final String POLICY_TYPE = "MS-EAS-Provisioning-WBXML";

    private Documents() {}

    public static Element askForPolicy() {
        return Element.of(
                "Provision:Provision",
                Element.of(
                        "Provision:Policies",
                        Element.of("Provision:Policy", Element.of("Provision:PolicyType", POLICY_TYPE))));
    }

    public static Element acceptPolicy(String key) {
        return Element.of(
                "Provision:Provision",
                Element.of(
                        "Provision:Policies",
                        Element.of(
                                "Provision:Policy",
                                Element.of("Provision:PolicyType", POLICY_TYPE),
                                Element.of("Provision:PolicyKey", key),
                                Element.of("Provision:Status", "1"))));
    }

    /**
     * Asks for what is new.
     *
     * @param syncKey "0" at first, then what it was told last
     */
    public static Element folders(String syncKey) {
        return Element.of("FolderHierarchy:FolderSync", Element.of("FolderHierarchy:SyncKey", syncKey));
    }

    /** The first key is "0", and gets no mail yet. */
    public static Element mail(String folder, String syncKey) {
        return Element.of(
                "AirSync:Sync",
                Element.of(
                        "AirSync:Collections",
                        Element.of(
                                "AirSync:Collection",
                                Element.of("AirSync:SyncKey", syncKey),
                                Element.of("AirSync:CollectionId", folder))));
    }

    public static Element ping(String folder, int heartbeatSeconds) {
        return Element.of(
                "Ping:Ping",
                Element.of("Ping:HeartbeatInterval", String.valueOf(heartbeatSeconds)),
                Element.of(
                        "Ping:Folders",
                        Element.of("Ping:Folder", Element.of("Ping:Id", folder), Element.of("Ping:Class", "Email"))));
    }

    /**
     * Asks for what hangs on a message.
     *
     * @param reference at {@link FakeExchange}, of how many bytes it is
     */
    public static Element attachment(String reference) {
        return Element.of(
                "ItemOperations:ItemOperations",
                Element.of(
                        "ItemOperations:Fetch",
                        Element.of("ItemOperations:Store", "Mailbox"),
                        Element.of("AirSyncBase:FileReference", reference)));
    }

    /**
     * Sends a message.
     *
     * @param id of the phone's own, by which the same message sent again is known
     */
    public static Element message(String id, String mime) {
        return Element.of(
                "ComposeMail:SendMail",
                Element.of("ComposeMail:ClientId", id),
                Element.of("ComposeMail:SaveInSentItems"),
                Element.of("ComposeMail:Mime", mime));
    }
}

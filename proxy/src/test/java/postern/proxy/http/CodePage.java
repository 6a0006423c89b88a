package postern.proxy.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages of MS-ASWBXML that phones and servers of ours need, each with its tags in their order, from {@code 0x05} on. */
enum CodePage {
    AIR_SYNC(
            0,
            "AirSync",
            "Sync Responses Add Change Delete Fetch SyncKey ClientId ServerId Status Collection Class - CollectionId"
                    + " GetChanges MoreAvailable WindowSize Commands Options FilterType - - Conflict Collections"
                    + " ApplicationData DeletesAsMoves - Supported SoftDelete MIMESupport MIMETruncation Wait Limit"
                    + " Partial ConversationMode MaxItems HeartbeatInterval"),
    EMAIL(2, "Email", "- - - - - - - - - - DateReceived - - - - Subject Read To Cc From ReplyTo"),
    FOLDER_HIERARCHY(
            7,
            "FolderHierarchy",
            "Folders Folder DisplayName ServerId ParentId Type - Status - Changes Add Delete Update SyncKey"
                    + " FolderCreate FolderDelete FolderUpdate FolderSync Count"),
    PING(13, "Ping", "Ping AutdState Status HeartbeatInterval Folders Folder Id Class MaxFolders"),
    PROVISION(
            14,
            "Provision",
            "Provision Policies Policy PolicyType PolicyKey Data Status RemoteWipe EASProvisionDoc"
                    + " DevicePasswordEnabled"),
    AIR_SYNC_BASE(
            17,
            "AirSyncBase",
            "BodyPreference Type TruncationSize AllOrNone - Body Data EstimatedDataSize Truncated Attachments"
                    + " Attachment DisplayName FileReference Method ContentId ContentLocation IsInline NativeBodyType"
                    + " ContentType"),
    ITEM_OPERATIONS(
            20,
            "ItemOperations",
            "ItemOperations Fetch Store Options Range Total Properties Data Status Response Version Schema Part"),
    COMPOSE_MAIL(
            21,
            "ComposeMail",
            "SendMail SmartForward SmartReply SaveInSentItems ReplaceMime - Source FolderId ItemId LongId InstanceId"
                    + " Mime ClientId Status AccountId");

    private static final int FIRST_TAG = 0x05;
    private static final String UNLISTED = "-";

    private final int number;
    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody changes
    private final List<String> tags;

    CodePage(int number, String name, String tags) {
        this.number = number;
        this.name = name;
        this.tags = List.of(tags.split(" ", -1));
    }

    int number() {
        return number;
    }

    static Optional<CodePage> numbered(int number) {
        return Stream.of(values()).filter(page -> page.number == number).findFirst();
    }

    /** @param element page and tag, as in {@code Ping:Status} */
    static CodePage of(String element) {
        return Stream.of(values())
                .filter(page -> element.startsWith(page.name + ":"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(element + " (expected: of one of our pages)"));
    }

    int token(String element) {
        int at = tags.indexOf(element.substring(name.length() + 1));
        if (at < 0) {
            throw new IllegalArgumentException(element + " (expected: one of " + tags + ")");
        }
        return FIRST_TAG + at;
    }

    /** A tag that is not in the list goes by its number. */
    String element(int token) {
        int at = token - FIRST_TAG;
        boolean listed = at >= 0 && at < tags.size() && !tags.get(at).equals(UNLISTED);
        return name + ":" + (listed ? tags.get(at) : token);
    }
}

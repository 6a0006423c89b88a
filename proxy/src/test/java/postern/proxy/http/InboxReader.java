package postern.proxy.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a phone remembers of its inbox from one request to the next. */
public final class InboxReader {

    private static final String INBOX_TYPE = "2";

    private final ActiveSyncPhone phone;
    private final String folder;
    private String syncKey;

    private InboxReader(ActiveSyncPhone phone, String folder, String syncKey) {
        this.phone = phone;
        this.folder = folder;
        this.syncKey = syncKey;
    }

    /** Finds it, and reads nothing yet. */
    public static InboxReader open(ActiveSyncPhone phone) throws IOException {
        String folder = phone.ask("FolderSync", Documents.folders("0"))
                .document()
                .all("FolderHierarchy:Add")
                .filter(one -> one.find("FolderHierarchy:Type")
                        .filter(INBOX_TYPE::equals)
                        .isPresent())
                .flatMap(one -> one.find("FolderHierarchy:ServerId").stream())
                .findFirst()
                .orElseThrow();
        return new InboxReader(phone, folder, key(phone.ask("Sync", Documents.mail(folder, "0"))));
    }

    /** Of messages that have come since it was last asked: until it is told that there are no more. */
    public List<String> subjects() throws IOException {
        List<String> subjects = new ArrayList<>();
        while (true) {
            HttpAnswer answer = phone.ask("Sync", Documents.mail(folder, syncKey));
            if (answer.body().length == 0 || key(answer).equals(syncKey)) {
                return subjects; // in either way a server says that there is nothing
            }
            syncKey = key(answer);
            answer.document().all("Email:Subject").map(Element::text).forEach(subjects::add);
        }
    }

    /** Does not wait for the answer. */
    public void beginPing(int heartbeatSeconds) throws IOException {
        phone.begin("Ping", Documents.ping(folder, heartbeatSeconds));
    }

    private static String key(HttpAnswer answer) {
        return answer.document().find("AirSync:SyncKey").orElseThrow();
    }
}

package postern.proxy.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One person's: an inbox in which messages arrive, and the phones that go by its rules. Whose it is stands in all it says. */
final class ExchangeMailbox {

    static final String INBOX = "5";

    private static final String DEFAULT_INBOX_TYPE = "2";

    private final String owner;
    private final AtomicInteger messages = new AtomicInteger();
    private final Map<String, Integer> policyKeys = new ConcurrentHashMap<>();
    private final Collection<Runnable> waiting = new ConcurrentLinkedQueue<>();

    ExchangeMailbox(String owner) {
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    void arrive() {
        messages.incrementAndGet();
        for (Runnable one : List.copyOf(waiting)) {
            waiting.remove(one);
            one.run();
        }
    }

    /** Once, at the next message. */
    void onNews(Runnable told) {
        waiting.add(told);
    }

    boolean isProvisioned(String device, int shown) {
        return shown != 0 && policyKeys.getOrDefault(device, 0) == shown;
    }

    /** First the rules and a key for the time being; the key that counts to those who say they go by them. */
    Element provision(String device, Element asked) {
        int key = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
        List<Element> policy = new ArrayList<>(List.of(
                Element.of("Provision:PolicyType", "MS-EAS-Provisioning-WBXML"),
                Element.of("Provision:Status", "1"),
                Element.of("Provision:PolicyKey", String.valueOf(key))));
        if (asked.find("Provision:PolicyKey").isPresent()) {
            policyKeys.put(device, key);
        } else {
            policy.add(Element.of(
                    "Provision:Data",
                    Element.of("Provision:EASProvisionDoc", Element.of("Provision:DevicePasswordEnabled", "0"))));
        }
        return Element.of(
                "Provision:Provision",
                Element.of("Provision:Status", "1"),
                Element.of("Provision:Policies", new Element("Provision:Policy", List.copyOf(policy), "")));
    }

    Element folders(Element asked) {
        boolean first = asked.find("FolderHierarchy:SyncKey").orElse("0").equals("0");
        Element inbox = Element.of(
                "FolderHierarchy:Add",
                Element.of("FolderHierarchy:ServerId", INBOX),
                Element.of("FolderHierarchy:ParentId", "0"),
                Element.of("FolderHierarchy:DisplayName", "Inbox of " + owner),
                Element.of("FolderHierarchy:Type", DEFAULT_INBOX_TYPE));
        List<Element> changes = first ? List.of(count(1), inbox) : List.of(count(0));
        return Element.of(
                "FolderHierarchy:FolderSync",
                Element.of("FolderHierarchy:Status", "1"),
                Element.of("FolderHierarchy:SyncKey", "1"),
                new Element("FolderHierarchy:Changes", changes, ""));
    }

    private static Element count(int number) {
        return Element.of("FolderHierarchy:Count", String.valueOf(number));
    }

    /** The key of a phone is one more than the messages it knows; "0" is that of one that has only just come. */
    Element sync(Element asked) {
        int shown = Integer.parseInt(asked.find("AirSync:SyncKey").orElse("0"));
        int there = messages.get();
        List<Element> added = IntStream.rangeClosed(shown, shown == 0 ? -1 : there)
                .mapToObj(this::added)
                .toList();
        List<Element> collection = new ArrayList<>(List.of(
                Element.of("AirSync:SyncKey", String.valueOf(shown == 0 ? 1 : there + 1)),
                Element.of("AirSync:CollectionId", INBOX),
                Element.of("AirSync:Status", "1")));
        if (!added.isEmpty()) {
            collection.add(new Element("AirSync:Commands", added, ""));
        }
        return Element.of(
                "AirSync:Sync",
                Element.of("AirSync:Collections", new Element("AirSync:Collection", List.copyOf(collection), "")));
    }

    private Element added(int number) {
        return Element.of(
                "AirSync:Add",
                Element.of("AirSync:ServerId", INBOX + ":" + number),
                Element.of(
                        "AirSync:ApplicationData", Element.of("Email:Subject", "Message " + number + " of " + owner)));
    }
}

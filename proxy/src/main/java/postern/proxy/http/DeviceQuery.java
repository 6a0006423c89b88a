package postern.proxy.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import postern.config.ActiveSyncVersion;

/**
 * What stands behind the question mark of an ActiveSync request: words, {@code Cmd=Sync&User=ada&DeviceId=…}, or from
 * version 12.1 on the same packed in base64 (MS-ASHTTP 2.2.1.1.1.1).
 *
 * @param words as they came, in their order; empty when it was packed
 * @param asItCame what is passed on, unless another user has to be put in
 */
record DeviceQuery(Device device, Map<String, String> words, String asItCame) {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,40}");
    private static final int MOST = 2_048;
    private static final int LONGEST_WORD = 255;
    private static final int USER = 8;

    /** By their numbers; what has none here is passed on and goes without a name. */
    private static final List<String> COMMANDS = List.of(
            "Sync",
            "SendMail",
            "SmartForward",
            "SmartReply",
            "GetAttachment",
            "",
            "",
            "",
            "",
            "FolderSync",
            "FolderCreate",
            "FolderDelete",
            "FolderUpdate",
            "MoveItems",
            "GetItemEstimate",
            "MeetingResponse",
            "Search",
            "Settings",
            "Ping",
            "ItemOperations",
            "Provision",
            "ResolveRecipients",
            "ValidateCert",
            "Find");

    /** Nothing, when it is neither. */
    static Optional<DeviceQuery> read(String query) {
        if (query.isEmpty()) {
            return Optional.of(new DeviceQuery(Device.UNKNOWN, Map.of(), ""));
        }
        if (query.length() > MOST || !query.chars().allMatch(c -> c > ' ' && c < 127)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BASE64.matcher(query).matches() ? packed(query) : written(query));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static DeviceQuery written(String query) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!NAME.matcher(name).matches()
                    || words.putIfAbsent(name, decoded(pair.substring(name.length()))) != null) {
                throw new IllegalArgumentException("a word that is none, or there twice");
            }
        }
        Map<String, String> lower = words.entrySet().stream()
                .collect(Collectors.toMap(word -> word.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        Device device = new Device(
                Optional.ofNullable(lower.get("cmd")),
                Optional.ofNullable(lower.get("user")),
                Optional.ofNullable(lower.get("deviceid")),
                Optional.ofNullable(lower.get("devicetype")),
                Optional.empty());
        return new DeviceQuery(device, words, query);
    }

    private static String decoded(String equalsAndValue) {
        String value = equalsAndValue.isEmpty() ? "" : equalsAndValue.substring(1);
        String text = URLDecoder.decode(value, StandardCharsets.UTF_8);
        if (text.length() > LONGEST_WORD || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a word too long, or one that does not print");
        }
        return text;
    }

    private static DeviceQuery packed(String query) {
        Unpacking bytes = new Unpacking(Base64.getDecoder().decode(query));
        int version = bytes.one();
        int command = bytes.one();
        byte[] _ = bytes.some(2); // the locale
        Optional<String> id = named(bytes.counted());
        byte[] _ = bytes.counted(); // the policy key
        Optional<String> type = named(bytes.counted());
        Optional<String> user = Optional.empty();
        while (bytes.areLeft()) {
            int tag = bytes.one();
            byte[] value = bytes.counted();
            user = tag == USER ? Optional.of(new String(value, StandardCharsets.UTF_8)) : user;
        }
        Device device = new Device(
                Optional.of(command < COMMANDS.size() ? COMMANDS.get(command) : ""),
                user,
                id,
                type,
                Optional.of(new ActiveSyncVersion(version / 10, version % 10)));
        return new DeviceQuery(device, Map.of(), query);
    }

    /** Sixteen bytes of a device are as good a name as the letters of another. */
    private static Optional<String> named(byte[] bytes) {
        boolean prints = true;
        for (byte one : bytes) {
            prints &= one > ' ' && one < 127;
        }
        return Optional.of(
                        prints
                                ? new String(bytes, StandardCharsets.US_ASCII)
                                : HexFormat.of().withUpperCase().formatHex(bytes))
                .filter(name -> !name.isEmpty());
    }

    private static final class Unpacking {

        private final byte[] bytes;
        private int at;

        private Unpacking(byte[] bytes) {
            this.bytes = bytes;
        }

        private boolean areLeft() {
            return at < bytes.length;
        }

        private int one() {
            return bytes[at++] & 0xff;
        }

        private byte[] counted() {
            return some(one());
        }

        private byte[] some(int length) {
            if (length > bytes.length - at) {
                throw new IndexOutOfBoundsException("more than there is");
            }
            at += length;
            return Arrays.copyOfRange(bytes, at - length, at);
        }
    }

    /** The same, for a mailbox that the upstream calls like this. What is packed says no user, or the one it came for. */
    String of(String mailbox) {
        if (device.user().filter(user -> !user.equals(mailbox)).isEmpty() || words.isEmpty()) {
            return asItCame;
        }
        return words.entrySet().stream()
                .map(word -> word.getKey() + "="
                        + encoded(word.getKey().equalsIgnoreCase("User") ? mailbox : word.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package postern.proxy.http;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a phone says behind the {@code ?}: in words, or as the bytes of MS-ASHTTP 2.2.1.1.1.1 in base64, as all do that
 * speak 12.1 and later.
 *
 * @param user empty: not said, which only the bytes may leave out
 * @param policyKey 0: none yet; said in the bytes alone, where it is a field of the head otherwise
 * @param version said in the bytes alone, likewise
 */
public record PhoneQuery(String command, String user, String device, String type, int policyKey, String version) {

    /** By their codes. */
    private static final List<String> COMMANDS = List.of(
            "Sync",
            "SendMail",
            "SmartForward",
            "SmartReply",
            "GetAttachment",
            "GetHierarchy",
            "CreateCollection",
            "DeleteCollection",
            "MoveCollection",
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
            "ValidateCert");

    /** English, as that of the specification's examples. */
    private static final int LOCALE = 0x0409;

    private static final int USER = 8;

    /** {@code Cmd=…&User=…&DeviceId=…&DeviceType=…}. */
    public String inWords() {
        return "Cmd=" + command + "&User=" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "&DeviceId=" + device
                + "&DeviceType=" + type;
    }

    public String inBase64() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(version.replace(".", "")));
        out.write(COMMANDS.indexOf(command));
        out.write(LOCALE & 0xFF);
        out.write(LOCALE >>> 8);
        write(out, device.getBytes(StandardCharsets.US_ASCII));
        write(out, policyKey == 0 ? new byte[0] : little(policyKey));
        write(out, type.getBytes(StandardCharsets.US_ASCII));
        if (!user.isEmpty()) {
            out.write(USER);
            write(out, user.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, byte[] field) {
        out.write(field.length);
        out.writeBytes(field);
    }

    private static byte[] little(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    /** Of either form, as a server reads it. */
    static PhoneQuery read(String query) {
        return query.contains("Cmd=")
                ? readWords(query)
                : readBytes(ByteBuffer.wrap(Base64.getDecoder().decode(query)).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static PhoneQuery readWords(String query) {
        Map<String, String> said = new HashMap<>();
        for (String one : query.split("&", -1)) {
            int equals = one.indexOf('=');
            said.put(one.substring(0, equals), URLDecoder.decode(one.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return new PhoneQuery(
                said.getOrDefault("Cmd", ""),
                said.getOrDefault("User", ""),
                said.getOrDefault("DeviceId", ""),
                said.getOrDefault("DeviceType", ""),
                0,
                "");
    }

    private static PhoneQuery readBytes(ByteBuffer in) {
        int version = Byte.toUnsignedInt(in.get());
        String command = COMMANDS.get(in.get());
        in.getShort(); // the locale
        String device = string(in);
        int policyKey = in.get() == 0 ? 0 : in.getInt();
        String type = string(in);
        String user = "";
        while (in.hasRemaining()) {
            int tag = in.get();
            String value = string(in);
            user = tag == USER ? value : user;
        }
        return new PhoneQuery(command, user, device, type, policyKey, version / 10 + "." + version % 10);
    }

    private static String string(ByteBuffer in) {
        byte[] field = new byte[Byte.toUnsignedInt(in.get())];
        in.get(field);
        return new String(field, StandardCharsets.UTF_8);
    }
}

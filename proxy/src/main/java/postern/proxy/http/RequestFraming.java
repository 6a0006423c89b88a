package postern.proxy.http;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each request of HTTP/1.1 ends, read by the letter. Two readers of one stream who disagree about that are how
 * requests are smuggled, so what could be read in two ways is refused before anybody else reads it. Bounds what it keeps:
 * the line at hand. Pure.
 *
 * <pre>
 *   HEAD ─→ BODY ─────────────────────────────────→ HEAD
 *     ╰───→ SIZE ─→ CHUNK ─→ CHUNK_END ─→ SIZE ─→ TRAILER ─→ HEAD
 * </pre>
 */
final class RequestFraming {

    private static final int MOST_LINE = 8 * 1024;
    private static final int MOST_LINES = 64;

    private static final Pattern REQUEST = Pattern.compile("[A-Z]{1,20} (\\S+) HTTP/1\\.([01])");
    private static final BitSet OF_NAMES = new BitSet();

    static {
        "!#$%&'*+.^_`|~-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                .chars()
                .forEach(OF_NAMES::set);
    }

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}");

    private enum Part {
        HEAD,
        BODY,
        SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final StringBuilder line = new StringBuilder();
    private Part part = Part.HEAD;
    private boolean afterCr;
    private long left;
    private int lines;
    private int requests;
    private Head head = new Head();

    /** What is known of a request from the lines of its head so far. */
    private static final class Head {
        private boolean old;
        private int hosts;
        private Optional<String> length = Optional.empty();
        private boolean chunked;
        private boolean authorized;
    }

    /** Goes on where the last bytes ended, and leaves these as they are; empty when nothing speaks against them. */
    Optional<String> objection(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            if (part == Part.BODY || part == Part.CHUNK) {
                long some = Math.min(left, bytes.writerIndex() - at);
                at += (int) some;
                left -= some;
                if (left == 0) {
                    part = part == Part.BODY ? Part.HEAD : Part.CHUNK_END;
                }
                continue;
            }
            Optional<String> objection = letter(bytes.getUnsignedByte(at++));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** Whether no request was whole yet: then who is refused can be told so, since no other answer is on its way. */
    boolean isFirst() {
        return requests == 0;
    }

    private Optional<String> letter(int letter) {
        if (afterCr) {
            afterCr = false;
            return letter == '\n' ? lineEnded() : Optional.of("a CR alone");
        }
        if (letter == '\r') {
            afterCr = true;
            return Optional.empty();
        }
        if ((letter < ' ' && letter != '\t') || letter == 127) {
            return Optional.of("a control character");
        }
        if (line.length() == MOST_LINE) {
            return Optional.of("a line of more than " + MOST_LINE + " bytes");
        }
        line.append((char) letter);
        return Optional.empty();
    }

    private Optional<String> lineEnded() {
        String read = line.toString();
        line.setLength(0);
        if (++lines > MOST_LINES) {
            return Optional.of("more than " + MOST_LINES + " lines in a head");
        }
        return switch (part) {
            case HEAD -> lines == 1 ? request(read) : read.isEmpty() ? headEnded() : field(read);
            case SIZE -> size(read);
            case CHUNK_END -> chunkEnded(read);
            case TRAILER -> trailer(read);
            case BODY, CHUNK -> throw new IllegalStateException("has no lines");
        };
    }

    private Optional<String> request(String read) {
        if (read.isEmpty() && requests > 0) {
            lines = 0; // an old client's, behind the body of the request before
            return Optional.empty();
        }
        Matcher request = REQUEST.matcher(read);
        if (!request.matches()) {
            return Optional.of("no request line");
        }
        head = new Head();
        head.old = request.group(2).equals("0");
        return request.group(1).startsWith("/") ? Optional.empty() : Optional.of("a target that is no path");
    }

    private Optional<String> field(String read) {
        int colon = nameIn(read);
        if (colon < 1) {
            return Optional.of("a line that is no field");
        }
        String value = read.substring(colon + 1).strip();
        return switch (read.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "host" ->
                ++head.hosts == 1 && isHost(value) ? Optional.empty() : Optional.of("a Host that is none, or two");
            case "content-length" -> length(value);
            case "transfer-encoding" -> coding(value);
            case "authorization" -> authorization();
            case "upgrade" -> Optional.of("an upgrade");
            default -> Optional.empty();
        };
    }

    /** A name or an address, and a port. */
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
    }

    /** How long the name of a field is, with its colon right behind it; 0 when it is none. */
    private static int nameIn(String read) {
        int at = 0;
        while (at < read.length() && OF_NAMES.get(read.charAt(at))) {
            at++;
        }
        return at < read.length() && read.charAt(at) == ':' ? at : 0;
    }

    private Optional<String> length(String value) {
        boolean first = head.length.isEmpty();
        head.length = Optional.of(value);
        return first && LENGTH.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("a Content-Length that is none, or two");
    }

    private Optional<String> coding(String value) {
        boolean first = !head.chunked;
        head.chunked = true;
        return first && value.equalsIgnoreCase("chunked")
                ? Optional.empty()
                : Optional.of("a Transfer-Encoding other than chunked");
    }

    private Optional<String> authorization() {
        boolean first = !head.authorized;
        head.authorized = true;
        return first ? Optional.empty() : Optional.of("two Authorizations");
    }

    private Optional<String> headEnded() {
        if (head.chunked && (head.length.isPresent() || head.old)) {
            return Optional.of("a Transfer-Encoding beside a Content-Length, or in HTTP/1.0");
        }
        if (head.hosts == 0 && !head.old) {
            return Optional.of("no Host");
        }
        requests++;
        lines = 0;
        left = head.length.map(Long::parseLong).orElse(0L);
        part = head.chunked ? Part.SIZE : left > 0 ? Part.BODY : Part.HEAD;
        return Optional.empty();
    }

    private Optional<String> size(String read) {
        if (!SIZE.matcher(read).matches()) {
            return Optional.of("a chunk without a size");
        }
        lines = 0;
        left = Long.parseLong(read, 16);
        part = left == 0 ? Part.TRAILER : Part.CHUNK;
        return Optional.empty();
    }

    private Optional<String> chunkEnded(String read) {
        lines = 0;
        part = Part.SIZE;
        return read.isEmpty() ? Optional.empty() : Optional.of("a chunk longer than its size");
    }

    private Optional<String> trailer(String read) {
        if (!read.isEmpty()) {
            return nameIn(read) > 0 ? Optional.empty() : Optional.of("a trailer that is no field");
        }
        lines = 0;
        part = Part.HEAD;
        return Optional.empty();
    }
}

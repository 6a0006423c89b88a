package postern.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** From one value of the file to one of ours, or nothing if it is not of that kind; and back to words. */
final class Values {

    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("ms", Duration.ofMillis(1)));

    private static final int IPV4_BYTES = 4;

    /** As IPv6 writes IPv4: ten zero bytes, two of ones, and the address. */
    private static final int ZEROS_BEFORE_IPV4 = 10;

    private static final int IPV4_IN_IPV6 = 96;

    private Values() {}

    static Optional<String> text(ConfigValue value) {
        return as(value, Config::getString);
    }

    static Optional<Boolean> yes(ConfigValue value) {
        return as(value, Config::getBoolean);
    }

    static Optional<Long> whole(ConfigValue value) {
        return text(value).filter(text -> text.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Only with its unit: HOCON takes a bare 30 for milliseconds, and nobody means that. */
    static Optional<Duration> duration(ConfigValue value) {
        return whole(value).isPresent() ? Optional.empty() : as(value, Config::getDuration);
    }

    static Optional<Path> path(ConfigValue value, Path base) {
        try {
            return text(value).filter(text -> !text.isEmpty()).map(base::resolve);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /** Asks no name server. */
    static Optional<InetAddress> address(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** By the name alone: what a name server says can change. */
    static boolean isThisMachine(String host) {
        return host.equals("localhost")
                || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** Where something secret may be sent: encrypted, or to this machine; and as it is written, nowhere else. */
    static boolean isEndpoint(String text) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            return host != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && ("https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme()) && isThisMachine(host.replaceAll("[\\[\\]]", ""))));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** An address, or a network in CIDR notation. */
    static boolean isNetwork(String text) {
        String[] parts = text.split("/", -1);
        Optional<InetAddress> address = address(parts[0]);
        return address.isPresent()
                && (parts.length == 1
                        || (parts.length == 2
                                && parts[1].matches("\\d{1,3}")
                                && Integer.parseInt(parts[1]) <= address.get().getAddress().length * Byte.SIZE));
    }

    /**
     * One that somebody may own, and no more than a part of one's world. Nor one that holds IPv4
     * addresses in their IPv6 clothes, "::ffff:192.0.2.1", as "::/64" does: that would be everybody.
     */
    static boolean isOwnNetwork(String text, int widestIpv4, int widestIpv6) {
        if (!isNetwork(text)) {
            return false;
        }
        String[] parts = text.split("/", -1);
        byte[] address = address(parts[0]).orElseThrow().getAddress();
        int bits = parts.length == 1 ? address.length * Byte.SIZE : Integer.parseInt(parts[1]);
        if (address.length == IPV4_BYTES) {
            return bits >= widestIpv4;
        }
        boolean mapped = bits <= IPV4_IN_IPV6
                && IntStream.range(0, Math.min(bits / Byte.SIZE, ZEROS_BEFORE_IPV4))
                        .allMatch(at -> address[at] == 0);
        return bits >= widestIpv6 && !mapped;
    }

    /** Printable ASCII: what may be put into a command to another server. */
    static boolean isPlain(String text) {
        return text.matches("[\\x20-\\x7e]+");
    }

    static String seen(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> value.render(ConfigRenderOptions.concise());
            case OBJECT, LIST, NULL -> kind(value);
        };
    }

    static String kind(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case OBJECT -> "a section";
            case LIST -> "a list";
            case NULL -> "not set";
        };
    }

    /** In the largest unit that needs no fraction. */
    static String told(Duration time) {
        return UNITS.stream()
                .filter(unit ->
                        !time.isZero() && time.toMillis() % unit.getValue().toMillis() == 0)
                .map(unit -> time.dividedBy(unit.getValue()) + unit.getKey())
                .findFirst()
                .orElse("0s");
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String anyOf(Enum<?>[] values) {
        return Arrays.stream(values).map(Values::word).collect(Collectors.joining(" or "));
    }

    private static <T> Optional<T> as(ConfigValue value, BiFunction<Config, String, T> type) {
        if (value.valueType() == ConfigValueType.NULL) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.apply(value.atKey("value"), "value"));
        } catch (ConfigException _) {
            return Optional.empty();
        }
    }
}

package postern.credentials;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where a client comes from, as far as guessing is concerned: a whole IPv4 address, or the /64 that
 * an IPv6 host can roam in. Zones are dropped, and an IPv4 address in IPv6 clothes is the IPv4 address:
 * one client, one source, whatever door it came by.
 *
 * @param high the first 64 bits, of IPv6; an IPv4 address is kept as ::ffff:a.b.c.d
 * @param bits how many of the 128 count; the others are zero
 */
public record SourceNetwork(long high, long low, int bits) {

    private static final int ALL = 128;
    private static final int IPV4 = 32;
    private static final int HOST_NET = 64;
    private static final long MAPPED = 0xffff;

    public SourceNetwork {
        if (bits < 0 || bits > ALL) {
            throw new IllegalArgumentException("network: " + bits + " bits (expected: 0 to " + ALL + ")");
        }
        high &= firstBits(bits);
        low &= firstBits(bits - Long.SIZE);
    }

    public static SourceNetwork of(InetAddress client) {
        SourceNetwork host = host(client);
        return host.isIpv4() ? host : host.first(HOST_NET);
    }

    /** An address, or a network in CIDR notation. Asks no name server. */
    public static SourceNetwork parse(String text) {
        String[] parts = text.split("/", 2);
        SourceNetwork host = host(literal(parts[0]));
        if (parts.length == 1) {
            return host;
        }
        int outside = host.isIpv4() ? ALL - IPV4 : 0;
        return host.first(outside + bits(parts[1], ALL - outside));
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("network: not one (expected: an address, or as 192.0.2.0/24)");
        }
    }

    /** More than there are would come round as a network of everybody. */
    private static int bits(String text, int most) {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("network: /" + text + " (expected: /0 to /" + most + ")");
        }
        return Integer.parseInt(text);
    }

    /** The ever wider networks that this source may be one of many in: /24, or /56 and /48. */
    public List<SourceNetwork> wider() {
        return isIpv4() ? List.of(first(ALL - 8)) : List.of(first(56), first(48));
    }

    /** The /24 or /56 around it: where a line that gets another address each night stays. */
    public SourceNetwork neighbourhood() {
        return wider().getFirst();
    }

    public boolean contains(InetAddress client) {
        return host(client).first(bits).equals(this);
    }

    /**
     * An address as text that sorts as addresses do, for a table of them: those of a network are all that stand from
     * its {@link #firstPlace} to its {@link #lastPlace}.
     */
    public static String placeOf(InetAddress client) {
        return host(client).firstPlace();
    }

    public String firstPlace() {
        return "%016x%016x".formatted(high, low);
    }

    public String lastPlace() {
        return "%016x%016x".formatted(high | ~firstBits(bits), low | ~firstBits(bits - Long.SIZE));
    }

    @Override
    public String toString() {
        try {
            return isIpv4()
                    ? InetAddress.getByAddress(bytesOfIpv4()).getHostAddress() + "/" + (bits - (ALL - IPV4))
                    : InetAddress.getByAddress(bytes()).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes or sixteen are an address", e);
        }
    }

    private boolean isIpv4() {
        return high == 0 && low >>> IPV4 == MAPPED && bits >= ALL - IPV4;
    }

    private SourceNetwork first(int count) {
        return new SourceNetwork(high, low, count);
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(ALL / Byte.SIZE).putLong(high).putLong(low).array();
    }

    private byte[] bytesOfIpv4() {
        return ByteBuffer.allocate(IPV4 / Byte.SIZE).putInt((int) low).array();
    }

    private static SourceNetwork host(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() * Byte.SIZE == IPV4
                ? new SourceNetwork(0, MAPPED << IPV4 | Integer.toUnsignedLong(bytes.getInt()), ALL)
                : new SourceNetwork(bytes.getLong(), bytes.getLong(), ALL);
    }

    private static long firstBits(int count) {
        return count <= 0 ? 0 : -1L << (Long.SIZE - Math.min(count, Long.SIZE));
    }
}

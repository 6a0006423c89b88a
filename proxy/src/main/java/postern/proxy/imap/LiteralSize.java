package postern.proxy.imap;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What the end of a line says of the literal behind it (RFC 3501 section 4.3, RFC 7888). Read from
 * its last byte backwards, and as bytes: before the brace may stand a password.
 *
 * @param bytes {@link Integer#MAX_VALUE} for more than anybody may send
 * @param waits whether the client waits to be asked for it
 */
record LiteralSize(int bytes, boolean waits) {

    private static final int MOST_DIGITS = 9;

    /**
     * The one announced by the line that begins at {@code start}.
     *
     * @param end where its LF stands
     */
    static Optional<LiteralSize> of(ByteBuf in, int start, int end) {
        int at = end - 1;
        if (at < start || in.getByte(at--) != '\r' || at < start || in.getByte(at--) != '}') {
            return Optional.empty();
        }
        boolean waits = at < start || in.getByte(at) != '+';
        at -= waits ? 0 : 1;
        int size = 0;
        int place = 1;
        int digits = 0;
        boolean tooLarge = false;
        for (; at >= start && '0' <= in.getByte(at) && in.getByte(at) <= '9'; at--, digits++) {
            int digit = in.getByte(at) - '0';
            tooLarge |= digits >= MOST_DIGITS && digit > 0;
            size += digits < MOST_DIGITS ? digit * place : 0;
            place *= 10;
        }
        if (digits == 0 || at < start || in.getByte(at) != '{') {
            return Optional.empty();
        }
        return Optional.of(new LiteralSize(tooLarge ? Integer.MAX_VALUE : size, waits));
    }
}

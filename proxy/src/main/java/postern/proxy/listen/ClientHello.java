package postern.proxy.listen;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client says to begin TLS (RFC 8446 section 4.1.2, RFC 6066, RFC 7301), as far as it tells which
 * certificate to show. Whether it is right in all else is for the library to say, which reads it again.
 *
 * @param serverName in lower case
 * @param protocols what it means to speak inside; empty when it does not say
 */
record ClientHello(Optional<String> serverName, boolean takesEcdsa, List<String> protocols) {

    /** From a client that says nothing of use. */
    static final ClientHello SILENT = new ClientHello(Optional.empty(), false, List.of());

    private static final int SERVER_NAME = 0;
    private static final int SIGNATURE_ALGORITHMS = 13;
    private static final int PROTOCOLS = 16;
    private static final int SUPPORTED_VERSIONS = 43;

    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int TLS_1_3 = 0x0304;

    /** Suites of TLS 1.2 and older that need an ECDSA certificate, as far as anybody here speaks them. */
    private static final Set<Integer> ECDSA_SUITES = Set.of(0xc009, 0xc00a, 0xc02b, 0xc02c, 0xcca9);

    private static final Set<Integer> ECDSA_SIGNATURES = Set.of(0x0203, 0x0403, 0x0503, 0x0603);

    /** Of a message that is cut short, or lies about a length, nothing is believed. */
    static ClientHello read(ByteBuf message) {
        try {
            return new Parse(message.duplicate()).read();
        } catch (IndexOutOfBoundsException _) {
            return SILENT;
        }
    }

    private static final class Parse {

        private final ByteBuf in;
        private Optional<String> serverName = Optional.empty();
        private List<Integer> signatures = List.of();
        private List<String> protocols = List.of();
        private boolean tls13;

        private Parse(ByteBuf in) {
            this.in = in;
        }

        private ClientHello read() {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte()); // session id
            List<Integer> suites = numbers(in.readSlice(in.readUnsignedShort()));
            in.skipBytes(in.readUnsignedByte()); // compression
            if (in.isReadable()) {
                extensions(in.readSlice(in.readUnsignedShort()));
            }
            boolean suite = tls13 || suites.stream().anyMatch(ECDSA_SUITES::contains);
            boolean signature =
                    signatures.isEmpty() ? !tls13 : signatures.stream().anyMatch(ECDSA_SIGNATURES::contains);
            return new ClientHello(serverName, suite && signature, protocols);
        }

        private void extensions(ByteBuf all) {
            while (all.isReadable()) {
                int type = all.readUnsignedShort();
                ByteBuf body = all.readSlice(all.readUnsignedShort());
                switch (type) {
                    case SERVER_NAME -> serverName = serverName(body.readSlice(body.readUnsignedShort()));
                    case SIGNATURE_ALGORITHMS -> signatures = numbers(body.readSlice(body.readUnsignedShort()));
                    case PROTOCOLS -> protocols = protocols(body.readSlice(body.readUnsignedShort()));
                    case SUPPORTED_VERSIONS ->
                        tls13 = numbers(body.readSlice(body.readUnsignedByte())).contains(TLS_1_3);
                    default -> {} // for the library
                }
            }
        }

        private static Optional<String> serverName(ByteBuf names) {
            int kind = names.readUnsignedByte();
            String name = text(names.readSlice(names.readUnsignedShort()));
            return kind == 0 ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
        }

        private static List<String> protocols(ByteBuf list) {
            List<String> all = new ArrayList<>();
            while (list.isReadable()) {
                all.add(text(list.readSlice(list.readUnsignedByte())));
            }
            return all;
        }

        private static List<Integer> numbers(ByteBuf list) {
            List<Integer> all = new ArrayList<>();
            while (list.isReadable()) {
                all.add(list.readUnsignedShort());
            }
            return all;
        }

        private static String text(ByteBuf bytes) {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}

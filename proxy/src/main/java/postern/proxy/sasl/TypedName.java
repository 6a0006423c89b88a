package postern.proxy.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import postern.credentials.LoginName;
import postern.credentials.NameRules;

/** A name as it comes from the wire, whatever carried it. */
public final class TypedName {

    private TypedName() {}

    /** Nobody, when nobody can be meant: its bytes are no UTF-8, or hold what no name holds. */
    public static Optional<LoginName> read(byte[] utf8, NameRules names) {
        try {
            return Optional.of(names.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString()));
        } catch (CharacterCodingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

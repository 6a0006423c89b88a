package postern.credentials.imported.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mailu's table {@code token}: good for everything, from the networks in {@code ip} if there are any. */
final class MailuRows {

    private MailuRows() {}

    static List<Claim> read(Row row) {
        return List.of(new Claim(
                "mailu:" + row.required("id"),
                row.required("user_email"),
                row.text("comment"),
                row.required("password"),
                Set.of(),
                row.list("ip").orElse(List.of()),
                row.time("created_at"),
                Optional.empty(),
                true));
    }
}

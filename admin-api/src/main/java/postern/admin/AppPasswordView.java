package postern.admin;

import java.time.Instant;
import java.util.Optional;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;

/** What the API tells of an app password: nothing that helps to guess one. */
public record AppPasswordView(AppPasswordId id, String name, Instant createdAt, Optional<Instant> expiresAt) {

    static AppPasswordView of(AppPassword one) {
        return new AppPasswordView(
                one.id(), one.name(), one.createdAt(), one.scope().expiresAt());
    }
}

package postern.credentials.provider;

import java.util.Set;
import postern.credentials.LoginName;

/** Who has signed in at a provider, as far as it says so itself. */
public sealed interface SignedIn {

    /** Somebody who goes by each of these names there. */
    record As(Set<LoginName> names) implements SignedIn {

        public As {
            names = Set.copyOf(names);
        }
    }

    /** Nobody can say, for what came is not the provider's word on it. */
    record Unproven(ProviderWords why) implements SignedIn {}
}

package postern.app;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import postern.config.PolicySettings;
import postern.credentials.Policy;
import postern.credentials.Protocol;

/** Policy's part of {@link Wiring}: from what the operator set to what the domain asks for. */
final class PolicyWiring {

    private PolicyWiring() {}

    /** The lowest layer. */
    static Policy configuration(PolicySettings settings) {
        return new Policy(
                switch (settings.appPasswords()) {
                    case ALLOWED -> Policy.AppPasswords.ALLOWED;
                    case NO_NEW -> Policy.AppPasswords.NO_NEW;
                    case SUSPENDED -> Policy.AppPasswords.SUSPENDED;
                },
                settings.secondStepRequired(),
                settings.mostPerAccount(),
                settings.secretLength(),
                each(settings.protocols(), opens -> Protocol.parse(opens.name().toLowerCase(Locale.ROOT))),
                settings.longestLife(),
                settings.unusedAfter(),
                each(settings.issuers(), issuer -> switch (issuer) {
                    case PERSON -> Policy.Issuer.PERSON;
                    case ADMINISTRATOR -> Policy.Issuer.ADMINISTRATOR;
                }),
                settings.importedUntil());
    }

    private static <S, T> Set<T> each(Set<S> settings, Function<S, T> word) {
        return settings.stream().map(word).collect(Collectors.toSet());
    }
}

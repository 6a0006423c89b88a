package postern.credentials.provider;

/** What a provider says when we want somebody to type a code at its page. */
public sealed interface DeviceAnswer {

    /** Here it is. */
    record Asked(DeviceQuestion question) implements DeviceAnswer {}

    /** It gives none. */
    record NotAsked(ProviderWords why) implements DeviceAnswer {}
}

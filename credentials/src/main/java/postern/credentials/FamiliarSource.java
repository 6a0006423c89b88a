package postern.credentials;

/** A place from which an account has logged in. */
public record FamiliarSource(LoginName account, SourceNetwork network) {}

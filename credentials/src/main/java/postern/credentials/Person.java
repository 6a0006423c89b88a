package postern.credentials;

import java.time.Instant;

/** Somebody who may have app passwords. Their mailbox upstream goes by the same name. */
public record Person(LoginName loginName, Instant createdAt) {}

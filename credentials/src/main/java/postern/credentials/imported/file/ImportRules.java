package postern.credentials.imported.file;

import java.time.Instant;
import postern.credentials.NameRules;
import postern.credentials.imported.WeakHashes;

/**
 * What holds for all rows of a file.
 *
 * @param names how a bare name becomes a login name
 * @param importedAt from which the days of a weak hash are counted; nothing was created later
 * @param appPasswordLimit how many a person may have; more are told, and none is left out
 */
public record ImportRules(WeakHashes weak, NameRules names, Instant importedAt, int appPasswordLimit) {}

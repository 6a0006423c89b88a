/**
 * Password hashes that were brought from elsewhere, so that nobody has to type a new secret on the
 * day of the move.
 *
 * <p>Start at {@link postern.credentials.imported.ImportedHash}. What is taken, and what is not:
 * {@code docs/import.md}.
 */
@NullMarked
package postern.credentials.imported;

import org.jspecify.annotations.NullMarked;

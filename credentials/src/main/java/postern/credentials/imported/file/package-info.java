/**
 * From the files of other systems to app passwords in our words, a row at a time, with a report of
 * what was taken, what was changed and what was refused; and back into a file of our own format.
 *
 * <p>Start at {@link postern.credentials.imported.file.ImportFile}. Nothing here touches the store: a
 * dry run is a run whose receiver does nothing.
 */
@NullMarked
package postern.credentials.imported.file;

import org.jspecify.annotations.NullMarked;

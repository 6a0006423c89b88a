/**
 * From the operator's file to plain records, with every mistake told at once. Start at {@link
 * Settings}; the manual is {@code reference.conf}; how one key is read is in {@link Section}.
 */
@NullMarked
package postern.config;

import org.jspecify.annotations.NullMarked;

/**
 * What an administrator asks of everybody at once, page by page. Start at {@link
 * postern.credentials.report.Accounts}: of each, a page costs the same wherever it begins, and nothing is read whole.
 */
@NullMarked
package postern.credentials.report;

import org.jspecify.annotations.NullMarked;

/**
 * What operators see: metrics, and the log lines of logins and holds. The only package that knows
 * Micrometer. Start at {@link postern.proxy.observe.Metrics}.
 */
@NullMarked
package postern.proxy.observe;

import org.jspecify.annotations.NullMarked;

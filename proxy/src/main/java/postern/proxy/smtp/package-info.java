/**
 * The submission door: everything a client may say before it is logged in (RFC 5321, 3207, 4954,
 * 6409), and how we log in at its mail server.
 *
 * <p>{@link SmtpCommand} knows the grammar, {@link SmtpState} the conversation, {@link
 * SmtpUpstreamState} the one with the upstream; {@code postern.proxy.conversation} carries both to
 * their channels. After login {@link SmtpGuard} stands between the two: messages pass unaltered,
 * some commands do not pass, and {@link EnvelopeRules} may object to others. Start at {@link
 * SmtpFrontEnd}.
 */
@NullMarked
package postern.proxy.smtp;

import org.jspecify.annotations.NullMarked;

/**
 * The POP3 door: everything a client may say before it is logged in (RFC 1939, 2449, 2595, 3206,
 * 5034), and how we log in at its mailbox.
 *
 * <p>{@link Pop3Command} knows the grammar, {@link Pop3State} the conversation, {@link
 * Pop3UpstreamState} the one with the upstream; {@code postern.proxy.conversation} carries both to
 * their channels. After login {@link Pop3Guard} keeps second logins from the upstream, and ends a
 * session between two answers. Start at {@link Pop3FrontEnd}.
 */
@NullMarked
package postern.proxy.pop3;

import org.jspecify.annotations.NullMarked;

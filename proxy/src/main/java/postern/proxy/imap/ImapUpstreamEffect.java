package postern.proxy.imap;

import postern.proxy.upstream.UpstreamFailure;

/** All that logging in upstream can ask of the world. */
sealed interface ImapUpstreamEffect {

    /** May hold a password of ours. */
    record Send(String line) implements ImapUpstreamEffect {

        @Override
        public String toString() {
            return "Send[***]";
        }
    }

    record StartTls() implements ImapUpstreamEffect {}

    record Opened(String capabilities) implements ImapUpstreamEffect {}

    record Fail(UpstreamFailure why, String seen) implements ImapUpstreamEffect {}
}

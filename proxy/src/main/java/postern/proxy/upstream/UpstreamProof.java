package postern.proxy.upstream;

import postern.credentials.LoginName;

/**
 * What proves to an upstream that we may open a mailbox. How it is said is each protocol's own. Prints
 * as stars.
 */
public sealed interface UpstreamProof {

    /** What an upstream that repeats our words must not be quoted with. */
    String secret();

    /**
     * One account that opens all mailboxes, by a name made of both.
     *
     * @param separator between the mailbox and the user
     */
    record MasterUser(LoginName mailbox, String user, String password, String separator) implements UpstreamProof {

        public String name() {
            return mailbox.value() + separator + user;
        }

        @Override
        public String secret() {
            return password;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** One account that logs in, and acts for the mailbox. */
    record ForAnother(LoginName mailbox, String user, String password) implements UpstreamProof {

        @Override
        public String secret() {
            return password;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /** The mailbox's own password. */
    record OwnPassword(String user, String password) implements UpstreamProof {

        @Override
        public String secret() {
            return password;
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * An access token.
     *
     * @param user whose mailbox is opened by it, which at some providers is not who it was given to
     */
    record Bearer(Mechanism mechanism, String user, String token) implements UpstreamProof {

        /** How it is wrapped up. */
        public enum Mechanism {
            XOAUTH2,
            OAUTHBEARER
        }

        @Override
        public String secret() {
            return token;
        }

        @Override
        public String toString() {
            return "***";
        }
    }
}

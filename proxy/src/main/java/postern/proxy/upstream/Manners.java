package postern.proxy.upstream;

import java.time.Duration;

/** What an upstream asks of who has a mailbox open there. Safe for use by many threads; never waits. */
public interface Manners {

    /** An upstream that asks nothing. */
    Manners NONE = new Manners() {

        @Override
        public Duration beforeTheNextMessage() {
            return Duration.ZERO;
        }

        @Override
        public void complained(String words) {}
    };

    /** One more message is on its way: how long to wait before the next. */
    Duration beforeTheNextMessage();

    /** It refused a command in these words, which may ask for a pause. */
    void complained(String words);
}

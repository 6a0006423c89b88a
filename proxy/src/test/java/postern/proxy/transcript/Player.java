package postern.proxy.transcript;

/** Takes the client's part in a transcript, against one way of answering it. */
public interface Player extends AutoCloseable {

    /** Sends a packet, and waits until all that follows from it has happened. */
    void say(byte[] packet);

    void handshake();

    /** Takes all that the client has been told since it was last asked. */
    String heard();

    /** Takes all that the mailbox has been told since it was last asked. */
    String mailboxHeard();

    /** Some of what the mailbox says, once somebody is joined to it. */
    void mailboxSay(byte[] packet);

    void mailboxLeave();

    boolean isOpen();

    @Override
    void close();
}

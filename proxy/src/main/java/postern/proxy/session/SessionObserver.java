package postern.proxy.session;

/** Told of sessions that did not begin, and of those that we ended. */
public interface SessionObserver {

    enum Refusal {
        /** This person has as many as they may. */
        PERSON,
        /** As many as may come from one address have come from there. */
        ADDRESS
    }

    void refused(Refusal why);

    void ended(SessionEnd why);
}

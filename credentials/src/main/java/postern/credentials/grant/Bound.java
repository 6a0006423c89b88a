package postern.credentials.grant;

import java.util.List;

/** What a secret is sealed for by the {@link Envelope}: it opens for exactly this, and for nothing in another row. */
public interface Bound {

    /** What kind of thing it is, so that none is ever taken for one of another kind. */
    String use();

    /** All of it that must not change; none has a zero in it. */
    List<String> terms();

    /** As an operator knows it. */
    String told();

    /** Whose it is, and where, as an operator knows that. */
    String toldOwner();
}

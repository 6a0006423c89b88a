package postern.credentials.report;

import java.util.List;
import java.util.Optional;
import postern.credentials.AppPassword;
import postern.credentials.LastUse;
import postern.credentials.StoreUnavailableException;

/**
 * The app passwords of all owners that are not revoked, by their ids: an order that says nothing, and stays as it is.
 * Without a filter a page costs the same at any place; with one, what it passes by.
 */
public interface AppPasswords {

    /** Beyond this, a {@code limit} is cut down. */
    int MOST = 1000;

    /** One of them, and when it was last used, if it ever was. */
    record Listed(AppPassword appPassword, Optional<LastUse> lastUse) {}

    /** The next of them, {@code after} the id of the last of the page before, or nothing. */
    List<Listed> page(AppPasswordFilter filter, String after, int limit) throws StoreUnavailableException;

    long count(AppPasswordFilter filter) throws StoreUnavailableException;
}

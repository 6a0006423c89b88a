package postern.credentials.login;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import postern.credentials.CredentialStore;
import postern.credentials.Imports;
import postern.credentials.StoreUnavailableException;

/**
 * How many app passwords are left whose secret was made elsewhere, as of the last look: they can be guessed
 * as ours cannot, and whoever imported them wants to see them go.
 */
public final class ImportedLeft {

    private static final Logger LOG = LoggerFactory.getLogger(ImportedLeft.class);

    private final CredentialStore store;
    private volatile Imports last = Imports.NONE;

    public ImportedLeft(CredentialStore store) {
        this.store = store;
    }

    public Imports last() {
        return last;
    }

    /** Counts them again; waits for the store. */
    public void look() {
        try {
            last = store.countImported();
        } catch (StoreUnavailableException e) {
            LOG.atDebug().addKeyValue("cause", e.getMessage()).log("imported app passwords are not counted now");
        }
    }
}

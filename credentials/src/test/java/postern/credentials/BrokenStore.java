package postern.credentials;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A store on a full disk. */
public final class BrokenStore implements CredentialStore {

    @Override
    public List<LoginName> names(String after, int limit) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<LoginName> canonical(LoginName typed) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<AccountSnapshot> snapshot(LoginName loginName, Policy configuration)
            throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Addition add(AppPassword appPassword, int limit, By by) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<LoginName> ownerOf(AppPasswordId id) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public List<AppPassword> of(LoginName owner) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public List<AppPassword> imported(String after, int limit) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Imports countImported() throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<AppPassword> revise(LoginName owner, AppPasswordId id, UnaryOperator<AppPassword> change, By by)
            throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public boolean revoke(LoginName owner, AppPasswordId id, By by) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public int revokeAll(LoginName owner, By by) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public void missed(LoginName owner, Set<AppPasswordId> tried, int most, By by) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public void hit(Set<AppPasswordId> used) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Map<AppPasswordId, LastUse> lastUses(LoginName owner) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public void used(Map<AppPasswordId, LastUse> uses) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public int forgetClients(Instant before) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public int forgetRevoked(Instant before) throws StoreUnavailableException {
        throw diskFull();
    }

    private static StoreUnavailableException diskFull() {
        return new StoreUnavailableException("disk full", new IOException());
    }
}

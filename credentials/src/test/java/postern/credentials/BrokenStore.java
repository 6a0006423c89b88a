package postern.credentials;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store on a full disk. */
public final class BrokenStore implements CredentialStore {

    @Override
    public boolean add(Person person) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<Person> person(LoginName name) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Addition add(AppPassword appPassword, int limit) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<AppPassword> find(LoginName owner, LookupTag tag) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public List<AppPassword> of(LoginName owner) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public boolean revoke(LoginName owner, AppPasswordId id, Instant at) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public Optional<String> keyMark(String keyName) throws StoreUnavailableException {
        throw diskFull();
    }

    @Override
    public String keepKeyMark(String keyName, String mark) throws StoreUnavailableException {
        throw diskFull();
    }

    private static StoreUnavailableException diskFull() {
        return new StoreUnavailableException("disk full", new IOException());
    }
}

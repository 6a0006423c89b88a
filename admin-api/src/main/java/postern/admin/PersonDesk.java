package postern.admin;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import postern.admin.Answer.NoSuchPerson;
import postern.admin.Answer.PersonAdded;
import postern.admin.Answer.PersonExists;
import postern.admin.Answer.PersonFound;
import postern.credentials.CredentialStore;
import postern.credentials.LoginName;
import postern.credentials.Person;
import postern.credentials.StoreUnavailableException;

/** Adds and finds people. Blocks, as the store does. */
public final class PersonDesk {

    private final CredentialStore store;
    private final InstantSource clock;

    public PersonDesk(CredentialStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public Answer add(LoginName name) throws StoreUnavailableException {
        Person person = new Person(name, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return store.add(person) ? new PersonAdded(person) : new PersonExists(name);
    }

    public Answer find(LoginName name) throws StoreUnavailableException {
        return store.person(name).<Answer>map(PersonFound::new).orElseGet(() -> new NoSuchPerson(name));
    }
}

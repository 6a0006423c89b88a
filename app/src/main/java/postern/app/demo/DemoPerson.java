package postern.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import postern.app.Postern;
import postern.credentials.Account;
import postern.credentials.By;
import postern.credentials.LoginName;
import postern.credentials.StoreUnavailableException;
import postern.credentials.hash.SecretFile;
import postern.credentials.issue.Issue.Made;
import postern.credentials.issue.Order;

/**
 * Somebody to log in as. The secret is kept in a file, which no real server does: so that a second
 * start on the same folder can show the same screen.
 */
record DemoPerson(LoginName name, String id, String secret) {

    static DemoPerson in(Postern postern, Path folder, LoginName name) throws IOException, StoreUnavailableException {
        By demo = By.system("demo", InstantSource.system().instant());
        postern.accounts().add(Account.person(name, demo.at()), demo);
        Path file = folder.resolve("app-passwords").resolve(name.value());
        if (Files.exists(file)) {
            List<String> kept = List.of(SecretFile.read(file).split(" "));
            if (postern.store().of(name).stream()
                    .anyMatch(one -> one.id().value().equals(kept.getFirst()))) {
                return new DemoPerson(name, kept.getFirst(), kept.getLast());
            }
            Files.delete(file); // revoked since
        }
        if (!(postern.issuer().issue(Order.of(name, "Demo"), demo) instanceof Made made)) {
            throw new IOException(name + " has too many app passwords: start the demo on another folder");
        }
        String id = made.appPassword().id().value();
        SecretFile.create(file, id + " " + made.secret());
        return new DemoPerson(name, id, made.secret());
    }

    @Override
    public String toString() {
        return name + " ***";
    }
}

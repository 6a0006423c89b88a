package postern.app;

import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import postern.credentials.Account;
import postern.credentials.AppPassword;
import postern.credentials.AppPasswordId;
import postern.credentials.By;
import postern.credentials.DevicePin;
import postern.credentials.LoginName;
import postern.credentials.Proof;
import postern.credentials.Protocol;
import postern.credentials.Scope;
import postern.credentials.Sending;
import postern.credentials.StoreUnavailableException;
import postern.credentials.imported.ImportedPassword;

/**
 * From an app password as another system had it to one of ours.
 *
 * @param createAccounts whether there is to be an account where there is none
 */
record Taking(Stores stores, By by, SecureRandom random, boolean createAccounts, boolean dryRun) {

    /** What came of one. */
    enum Result {
        ADDED,
        /** It was imported before, and may have been revoked since. */
        THERE_ALREADY,
        NO_SUCH_ACCOUNT,
        /** It was for protocols that we do not have. */
        FOR_NOTHING_HERE,
        /** A device must say from where it comes, and this says nothing. */
        DEVICE_FROM_ANYWHERE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return code().replace('_', ' ');
        }
    }

    Result take(ImportedPassword password) throws StoreUnavailableException {
        Set<Protocol> protocols = protocols(password);
        if (protocols.isEmpty()) {
            return Result.FOR_NOTHING_HERE;
        }
        Optional<LoginName> owner = owner(password.loginName());
        if (owner.isEmpty()) {
            return createAccounts && dryRun ? Result.ADDED : Result.NO_SUCH_ACCOUNT;
        }
        if (password.networks().isEmpty() && isDevice(owner.get())) {
            return Result.DEVICE_FROM_ANYWHERE;
        }
        return dryRun ? Result.ADDED : add(ours(password, owner.get(), protocols));
    }

    private boolean isDevice(LoginName owner) throws StoreUnavailableException {
        return stores.accounts().account(owner).filter(Account::isDevice).isPresent();
    }

    /** However many there are: none is left out for being one too many. */
    private Result add(AppPassword one) throws StoreUnavailableException {
        return switch (stores.credentials().add(one, Integer.MAX_VALUE, by)) {
            case ADDED -> Result.ADDED;
            case IMPORTED_BEFORE -> Result.THERE_ALREADY;
            case NO_SUCH_ACCOUNT -> Result.NO_SUCH_ACCOUNT;
            case LIMIT_REACHED, TAG_TAKEN -> throw new IllegalStateException("it has no tag and there is no limit");
        };
    }

    private Optional<LoginName> owner(LoginName name) throws StoreUnavailableException {
        Optional<LoginName> known = stores.credentials().canonical(name);
        if (known.isEmpty() && createAccounts && !dryRun) {
            var _ = stores.accounts().add(Account.person(name, by.at()), by);
            return Optional.of(name);
        }
        return known;
    }

    private AppPassword ours(ImportedPassword password, LoginName owner, Set<Protocol> protocols) {
        AppPassword one = new AppPassword(
                AppPasswordId.draw(random),
                owner,
                password.name(),
                new Proof.Imported(password.externalId(), password.hash().text()),
                new Scope(
                        protocols,
                        password.networks(),
                        Optional.empty(),
                        password.expiresAt(),
                        Sending.UNLIMITED,
                        DevicePin.OFF),
                password.createdAt());
        return password.active() ? one : one.suspend();
    }

    private static Set<Protocol> protocols(ImportedPassword password) {
        Set<Protocol> ours = EnumSet.noneOf(Protocol.class);
        for (String theirs : password.protocols()) {
            switch (theirs) {
                case "imap" -> ours.add(Protocol.IMAP);
                case "pop3" -> ours.add(Protocol.POP3);
                case "smtp" -> ours.add(Protocol.SMTP);
                case "eas" -> ours.add(Protocol.ACTIVESYNC);
                case "dav" -> ours.add(Protocol.DAV);
                default -> {} // sieve has no door here
            }
        }
        return password.protocols().isEmpty() ? Protocol.ALL : ours;
    }
}

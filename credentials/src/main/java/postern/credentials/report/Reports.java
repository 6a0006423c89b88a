package postern.credentials.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import postern.credentials.AppPasswordId;
import postern.credentials.DeviceSeen;
import postern.credentials.HoldKind;
import postern.credentials.LegacyTlsNeed;
import postern.credentials.LoginName;
import postern.credentials.SharedHold;
import postern.credentials.SourceNetwork;
import postern.credentials.StoreUnavailableException;

/** What is in the way of somebody, or will be. Pages go on after a key; what is counted, the store counts. */
public interface Reports {

    /** Beyond this, a {@code limit} is cut down. */
    int MOST = 1000;

    /** A key of two parts, such as a page ends with. */
    record Place(String first, String second) {

        public static final Place BEFORE_ALL = new Place("", "");
    }

    /** From when on, and before when. */
    record Time(Instant from, Instant until) {}

    /**
     * Holds that last longer than this moment.
     *
     * @param kind empty: of any
     * @param after kind and subject of the last of the page before
     */
    List<SharedHold> holds(Optional<HoldKind> kind, Place after, int limit, Instant now)
            throws StoreUnavailableException;

    /** Where somebody logs in from, and when they last did. */
    record Familiar(SourceNetwork network, Instant seenAt) {}

    /** Of this account, {@code after} the network of the last of the page before, or nothing. */
    List<Familiar> familiarSources(LoginName account, String after, int limit) throws StoreUnavailableException;

    /**
     * App passwords that are used with a TLS that is to be switched off.
     *
     * @param after the app password of the last of the page before, or nothing
     */
    List<LegacyTlsNeed> legacyTls(String after, int limit) throws StoreUnavailableException;

    /**
     * Devices that log in, by the app passwords that they use.
     *
     * @param after {@link Device#place} of the last of the page before
     */
    List<Device> devices(DeviceFilter filter, Place after, int limit) throws StoreUnavailableException;

    /**
     * One that says who it is.
     *
     * @param device what it is known by, see {@link postern.credentials.DeviceUse.Key}
     */
    record Device(String device, DeviceSeen seen) {

        public Place place() {
            return new Place(seen.appPassword().value(), seen.protocol() + " " + device);
        }
    }

    /**
     * How often logins under one name failed for one reason.
     *
     * @param name as it was typed, of a person or not; empty for those that were only counted, and of who was erased
     * @param reason as the audit trail has it
     */
    record Failures(String name, String reason, long times, Instant last) {

        public Place place() {
            return new Place(name, reason);
        }
    }

    /**
     * As far as the audit trail is kept. Each page counts all of that time.
     *
     * @param name empty: of everybody
     */
    List<Failures> loginFailures(Time time, Optional<LoginName> name, Place after, int limit)
            throws StoreUnavailableException;

    /** A revoked app password that some device still tries. */
    record StaleSecret(
            AppPasswordId id,
            LoginName owner,
            String name,
            Instant revokedAt,
            long notices,
            Instant first,
            Instant last) {}

    /**
     * Those that are tried while they are remembered, which is ninety days. A device gives one notice a day.
     *
     * @param after the app password of the last of the page before, or nothing
     */
    List<StaleSecret> staleSecrets(Instant since, String after, int limit) throws StoreUnavailableException;
}

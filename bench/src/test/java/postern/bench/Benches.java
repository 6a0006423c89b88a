package postern.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** All there are, in the order of the table. */
enum Benches {
    WRONG_GUESSES,
    RECENT_MATCHES,
    FIRST_LOGINS,
    HASHING_MEMORY,
    REVOKE_ON_ONE_NODE,
    REVOKE_ON_TWO_NODES,
    REVOKE_MANY,
    LIST_USERS,
    STALE_PHONE,
    GUESS_FLOOD,
    STRANGERS,
    SAME_ANSWER,
    WARM_START,
    DOOR_LOGINS,
    DOOR_FIRST_LOGINS,
    DOOR_NOOPS,
    DOOR_BULK,
    DOOR_IDLE,
    DOOR_POSTS,
    DOOR_PINGS,
    DOOR_START,
    DOOR_FLOOD,
    DOOR_OFFICE;

    private static final Duration FOR_DOORS = Duration.ofMinutes(3);
    private static final Duration FOR_OTHERS = Duration.ofSeconds(90);

    Bench make() {
        return switch (this) {
            case WRONG_GUESSES -> new WrongGuesses();
            case RECENT_MATCHES -> new RecentMatchHits();
            case FIRST_LOGINS -> new FirstLogins();
            case HASHING_MEMORY -> new HashingMemory();
            case REVOKE_ON_ONE_NODE -> new RevokeOnOneNode();
            case REVOKE_ON_TWO_NODES -> new RevokeOnTwoNodes();
            case REVOKE_MANY -> new RevokeMany();
            case LIST_USERS -> new ListUsers();
            case STALE_PHONE -> new StalePhone();
            case GUESS_FLOOD -> new GuessFlood();
            case STRANGERS -> new Strangers();
            case SAME_ANSWER -> new SameAnswer();
            case WARM_START -> new WarmRestart();
            case DOOR_LOGINS -> new DoorLogins();
            case DOOR_FIRST_LOGINS -> new DoorFirstLogins();
            case DOOR_NOOPS -> new DoorNoops();
            case DOOR_BULK -> new DoorBulk();
            case DOOR_IDLE -> new DoorIdle();
            case DOOR_POSTS -> new DoorPosts();
            case DOOR_PINGS -> new DoorPings();
            case DOOR_START -> new DoorStart();
            case DOOR_FLOOD -> new DoorFlood();
            case DOOR_OFFICE -> new DoorOffice();
        };
    }

    /** Of the JVM that it needs: where memory is measured, the heap does not grow. */
    List<String> options() {
        return switch (this) {
            case HASHING_MEMORY -> List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");
            case STRANGERS -> List.of("-Xmx512m");
            case WRONG_GUESSES,
                    RECENT_MATCHES,
                    FIRST_LOGINS,
                    REVOKE_ON_ONE_NODE,
                    REVOKE_ON_TWO_NODES,
                    REVOKE_MANY,
                    LIST_USERS,
                    STALE_PHONE,
                    GUESS_FLOOD,
                    SAME_ANSWER,
                    WARM_START,
                    DOOR_LOGINS,
                    DOOR_FIRST_LOGINS,
                    DOOR_NOOPS,
                    DOOR_BULK,
                    DOOR_IDLE,
                    DOOR_POSTS,
                    DOOR_PINGS,
                    DOOR_START,
                    DOOR_FLOOD,
                    DOOR_OFFICE -> List.of();
        };
    }

    /** After which it is ended. Of the doors there are several, which take turns. */
    Duration limit() {
        return toString().startsWith("door-") ? FOR_DOORS : FOR_OTHERS;
    }

    static Optional<Benches> named(String name) {
        return Stream.of(values()).filter(one -> one.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

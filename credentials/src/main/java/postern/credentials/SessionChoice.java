package postern.credentials;

/** Whose sessions are meant, on whichever node they are. */
public sealed interface SessionChoice {

    record Everybodys() implements SessionChoice {
        @Override
        public String toString() {
            return "everybody";
        }
    }

    record Persons(LoginName name) implements SessionChoice {
        @Override
        public String toString() {
            return "person " + name;
        }
    }

    /** Those that it opened. */
    record AppPasswords(AppPasswordId id) implements SessionChoice {
        @Override
        public String toString() {
            return "app password " + id;
        }
    }

    record One(SessionId id) implements SessionChoice {
        @Override
        public String toString() {
            return "session " + id;
        }
    }

    /** As it is written in the store, and printed. */
    static SessionChoice parse(String text) {
        String which = text.substring(text.lastIndexOf(' ') + 1);
        return switch (text.substring(0, text.length() - which.length())) {
            case "" -> new Everybodys();
            case "person " -> new Persons(new LoginName(which));
            case "app password " -> new AppPasswords(new AppPasswordId(which));
            case "session " -> new One(new SessionId(which));
            default -> throw new IllegalArgumentException("sessions: " + text + " (expected: whose)");
        };
    }
}

package postern.credentials;

/** Whom a layer of the policy is for. Each goes over those before it. */
public sealed interface PolicySubject {

    /** All of this installation, as its administrators say; over what stands in the configuration. */
    record Everyone() implements PolicySubject {
        @Override
        public String toString() {
            return "everyone";
        }
    }

    /** All whose login name ends in it. */
    record Domain(String name) implements PolicySubject {

        public Domain {
            name = new LoginName("any@" + name).domain();
        }

        @Override
        public String toString() {
            return "@" + name;
        }
    }

    record One(LoginName name) implements PolicySubject {
        @Override
        public String toString() {
            return name.value();
        }
    }

    /** As it is written in the store, and printed. */
    static PolicySubject parse(String text) {
        if (text.equals("everyone")) {
            return new Everyone();
        }
        return text.startsWith("@") ? new Domain(text.substring(1)) : new One(new LoginName(text));
    }
}

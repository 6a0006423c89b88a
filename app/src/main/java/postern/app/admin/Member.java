package postern.app.admin;

/**
 * Something that is said in a request.
 *
 * @param within the member of the body that it stands in; empty: the body itself, or no body at all
 * @param nullable whether null says something, too
 */
record Member(String within, String name, Kind kind, boolean required, boolean nullable, String description) {

    /** In which form it is said. */
    enum Kind {
        TEXT,
        NUMBER,
        YES_OR_NO,
        LIST
    }

    String option() {
        return "--" + name.replace('_', '-');
    }
}

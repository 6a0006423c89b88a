package postern.app.clients;

/**
 * Who uses a client.
 *
 * @param secret an app password of theirs
 */
record Person(String name, String secret) {

    /** One that could be anybody's, and is nobody's. */
    static final String WRONG = "zyxw-vtsr-qpnm-kjhg-fdcb";

    Person mistaken() {
        return new Person(name, WRONG);
    }
}

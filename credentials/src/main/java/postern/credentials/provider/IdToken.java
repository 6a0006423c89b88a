package postern.credentials.provider;

/** Says who has signed in. Nothing in it is believed before it was read. Prints as stars. */
public record IdToken(String text) {

    @Override
    public String toString() {
        return "***";
    }
}

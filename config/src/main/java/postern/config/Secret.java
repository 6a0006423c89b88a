package postern.config;

/** A text that prints as stars. Whoever needs it says so. */
public final class Secret {

    /** Stands in while mistakes are gathered. */
    static final Secret NONE = new Secret("");

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}

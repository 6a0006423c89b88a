package postern.config;

import java.util.List;

/** Everything that is wrong with the operator's file, a line each, in the order of the file. */
public final class SettingsException extends Exception {

    private final List<String> mistakes;

    SettingsException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}

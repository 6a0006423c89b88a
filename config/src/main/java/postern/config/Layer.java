package postern.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object of the file, and below it the template that it falls back to. A key that {@code
 * reference.conf} does not know is a typo, and as wrong as a bad value.
 */
final class Layer {

    private enum Mood {
        STRICT,
        /** A template: who uses it may set what it does not. */
        UNSET_IS_FINE,
        /** Not an object at all, which was noted; its keys are not to blame. */
        SILENT
    }

    private static final ConfigObject EMPTY = ConfigFactory.empty().root();
    private static final ConfigValue UNSET = ConfigValueFactory.fromAnyRef(null);

    private final Mistakes mistakes;
    private final Found self;
    private final ConfigObject written;
    private final ConfigObject known;
    private final @Nullable Layer template;
    private final Mood mood;

    private Layer(Mistakes mistakes, Found self, ConfigObject known, @Nullable Layer template, Mood mood) {
        this.mistakes = mistakes;
        this.self = self;
        this.written = objectIn(self.value());
        this.known = known;
        this.template = template;
        this.mood = mood;
        refuseUnknown();
    }

    static Layer root(Mistakes mistakes, ConfigObject written, ConfigObject known) {
        return new Layer(mistakes, Found.at("", written), known, null, Mood.STRICT);
    }

    /** What the template says holds where the operator says nothing; a written null says something. */
    Found find(String key) {
        if (template == null || written.containsKey(key)) {
            return here(key);
        }
        Found below = template.find(key);
        return below.isSet() ? below : here(key);
    }

    Layer inner(String key) {
        return inner(key, mood);
    }

    Layer template(String key) {
        return inner(key, mood == Mood.SILENT ? Mood.SILENT : Mood.UNSET_IS_FINE);
    }

    /** An entry of an operator's own naming, over a template. */
    Layer entry(Found entry, Layer below) {
        return new Layer(
                mistakes, entry, below.known, below, noteUnlessSection(entry) ? below.moodAbove() : Mood.SILENT);
    }

    /** The same where the entry is itself a template. */
    Layer templateEntry(Found entry, Layer below) {
        return new Layer(mistakes, entry, below.known, below, noteUnlessSection(entry) ? below.mood : Mood.SILENT);
    }

    /** Whether it is here, and not only in the template. */
    boolean says(String key) {
        return written.containsKey(key);
    }

    /** What the operator put below {@code key}, under names of his own; the template's where he says nothing. */
    Map<String, Found> entries(String key) {
        if (template != null && !written.containsKey(key)) {
            return template.entries(key);
        }
        Found found = here(key);
        Map<String, Found> all = new TreeMap<>();
        if (mood != Mood.SILENT && noteUnlessSection(found)) {
            objectIn(found.value()).forEach((name, value) -> all.put(name, Found.at(path(found.path(), name), value)));
        }
        return all;
    }

    /** What the operator put into the list at {@code key}; the template's where he says nothing. */
    List<Found> items(String key) {
        Found found = find(key);
        List<Found> all = new ArrayList<>();
        if (found.value() instanceof ConfigList list) {
            for (ConfigValue value : list) {
                all.add(Found.at(found.path() + "[" + all.size() + "]", value));
            }
        } else {
            note(found, Values.kind(found.value()), "a list, [ … ]");
        }
        return all;
    }

    void note(Found found, String seen, String expected) {
        if (mood == Mood.STRICT || (mood == Mood.UNSET_IS_FINE && found.isSet())) {
            mistakes.note(found.place(), found.path(), seen, expected);
        }
    }

    void noteHere(String seen, String expected) {
        if (isStrict()) {
            mistakes.note(self.place(), self.path(), seen, expected);
        }
    }

    /** Whether it is in use: not a template, not beyond repair. */
    boolean isStrict() {
        return mood == Mood.STRICT;
    }

    private Layer inner(String key, Mood wished) {
        Layer below = template == null ? null : template.inner(key);
        Found found = here(key);
        boolean sound = !isNeeded(key) || noteUnlessSection(found);
        boolean soundBelow = below == null || below.mood != Mood.SILENT;
        return new Layer(mistakes, found, objectIn(known.get(key)), below, sound && soundBelow ? wished : Mood.SILENT);
    }

    /** An object may be left out where the template has it, and its keys are found there. */
    private boolean isNeeded(String key) {
        return mood != Mood.SILENT && (template == null || written.containsKey(key));
    }

    private boolean noteUnlessSection(Found found) {
        if (!found.isSection()) {
            mistakes.note(found.place(), found.path(), Values.kind(found.value()), "a section, { … }");
        }
        return found.isSection();
    }

    private Mood moodAbove() {
        return mood == Mood.SILENT ? Mood.SILENT : Mood.STRICT;
    }

    /** What stands in this very object. */
    Found here(String key) {
        String path = path(self.path(), key);
        ConfigValue value = written.get(key);
        return value == null ? new Found(path, self.place(), UNSET) : Found.at(path, value);
    }

    private void refuseUnknown() {
        for (String key : new TreeSet<>(written.keySet())) {
            if (!known.containsKey(key)) {
                Found found = here(key);
                mistakes.unknown(found.place(), found.path(), Spelling.hint(key, known.keySet()));
            }
        }
    }

    private static ConfigObject objectIn(@Nullable ConfigValue value) {
        return value instanceof ConfigObject object ? object : EMPTY;
    }

    private static String path(String parent, String key) {
        return parent.isEmpty() ? ConfigUtil.joinPath(key) : parent + "." + ConfigUtil.joinPath(key);
    }
}

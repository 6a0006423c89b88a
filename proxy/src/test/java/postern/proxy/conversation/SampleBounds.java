package postern.proxy.conversation;

import postern.config.BeforeLoginSettings;
import postern.credentials.NameRules;
import postern.proxy.listen.DoorRules;

/** What doors bear before a login where nobody says otherwise. */
public final class SampleBounds {

    public static final BeforeLoginSettings BOUNDS =
            new BeforeLoginSettings(8192, 4096, 30, 30, 1024, 3, 10, 100, 16_384);

    public static final DoorRules RULES = new DoorRules(NameRules.NONE, BOUNDS);

    public static final Patience FRESH = Patience.fresh(BOUNDS);

    private SampleBounds() {}

    /** What is left of it after so much. */
    public static Patience after(int misses, int mistakes, int questions) {
        return new Patience(BOUNDS, misses, mistakes, questions);
    }
}

package postern.credentials.audit;

import java.util.random.RandomGenerator;

/**
 * Stands for a person in the chain. Random, so that nothing leads back to the name once the one row
 * that knows both is gone.
 */
public record Pseudonym(String value) {

    private static final String PREFIX = "sub_";

    public Pseudonym {
        RandomName.check(PREFIX, value);
    }

    public static Pseudonym draw(RandomGenerator random) {
        return new Pseudonym(RandomName.draw(PREFIX, random));
    }

    @Override
    public String toString() {
        return value;
    }
}

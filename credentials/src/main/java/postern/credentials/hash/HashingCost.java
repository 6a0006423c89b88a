package postern.credentials.hash;

/**
 * What one Argon2id costs: a guesser as much as us. One lane, since a login is served by one core.
 *
 * @param memoryKib taken outside the Java heap, by each hashing thread; 19456 with two passes is the
 *     least that OWASP lists, and the configuration refuses less
 */
public record HashingCost(int memoryKib, int passes) {

    /** Of memory. */
    public long bytes() {
        return 1024L * memoryKib;
    }
}

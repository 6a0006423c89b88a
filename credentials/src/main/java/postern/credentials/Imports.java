package postern.credentials;

/**
 * How many app passwords there are whose secret was made elsewhere.
 *
 * @param unused still with the hash they came with
 * @param used with one of ours, since somebody has shown the secret here
 */
public record Imports(long unused, long used) {

    public static final Imports NONE = new Imports(0, 0);
}

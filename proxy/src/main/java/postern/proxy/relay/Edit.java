package postern.proxy.relay;

/**
 * What the client hears in the place of some bytes of the upstream's, or between two of them.
 *
 * @param from counted from the first of the bytes that were followed
 * @param to the first that is heard again
 */
public record Edit(int from, int to, String text) {}

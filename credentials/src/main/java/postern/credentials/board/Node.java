package postern.credentials.board;

import java.util.random.RandomGenerator;

/**
 * One run of one node.
 *
 * @param id of this run alone: two nodes that were given one name do not take each other's sessions for their own
 * @param name as the operator wrote it
 */
public record Node(String id, String name) {

    public static Node drawn(String name, RandomGenerator random) {
        return new Node("nod_%016x".formatted(random.nextLong()), name);
    }
}

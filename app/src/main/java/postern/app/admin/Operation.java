package postern.app.admin;

import java.util.List;
import java.util.Optional;

/**
 * One thing that the API can be asked for, as the contract has it.
 *
 * @param words the command, a thing and a verb
 * @param about what is said of that thing
 * @param path with names in braces for what {@code places} are
 * @param loss what is lost by it, if something is
 * @param rows the member of the answer that is a list, if it is nothing but that
 */
record Operation(
        List<String> words,
        String about,
        String method,
        String path,
        String summary,
        Optional<String> loss,
        List<Member> places,
        List<Member> queries,
        List<Member> members,
        Manners manners,
        Optional<String> rows) {

    /**
     * What it asks for besides.
     *
     * @param body whether there has to be one
     * @param checkable whether it can be tried without changing anything
     * @param etag whether it wants to know what has been seen
     * @param repeatable whether a key makes it safe to be sent again
     * @param paged whether its list comes in pages
     */
    record Manners(boolean body, boolean checkable, boolean etag, boolean repeatable, boolean paged) {}
}

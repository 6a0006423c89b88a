package postern.app.admin;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The contract as commands. */
class AdminLineTest {

    private static final List<Operation> ALL = Contract.operations();
    private static final CommandLine LINE = AdminLine.of(Map.of());

    private static CommandLine below(CommandLine line, String word) {
        return requireNonNull(line.getSubcommands().get(word), word);
    }

    @Test
    void everythingThatTheApiDoesHasACommandOfItsOwn() {
        assertThat(ALL).extracting(Operation::words).doesNotHaveDuplicates().allSatisfy(words -> {
            assertThat(words).hasSize(2).allMatch(word -> word.matches("[a-z]+(-[a-z]+)*"));
            assertThat(below(LINE, words.getFirst()).getSubcommands()).containsKey(words.getLast());
        });
    }

    @Test
    void whateverDeletesSaysWhatIsLost() {
        assertThat(ALL)
                .filteredOn(operation -> operation.method().equals("DELETE"))
                .filteredOn(operation -> !operation.words().getFirst().equals("holds")) // that forgives
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(operation.loss()).as(operation.path()).isPresent());
    }

    @Test
    void theHelpOfEachIsWhole() {
        for (Operation operation : ALL) {
            List<String> words = operation.words();
            String help = below(below(LINE, words.getFirst()), words.getLast()).getUsageMessage();
            assertThat(help).contains("--json", "--token-file", "POSTERN_TOKEN");
            assertThat(help.replaceAll("\\s+", " ")).contains(operation.summary() + ".");
            operation.members().forEach(member -> assertThat(help).contains(member.option()));
        }
    }

    @Test
    void eachListIsFollowedByTheMemberThatItsRowsAreIn() {
        assertThat(ALL.stream().filter(one -> one.words().equals(List.of("users", "list"))))
                .singleElement()
                .extracting(Operation::rows)
                .isEqualTo(Optional.of("users"));
        assertThat(ALL).filteredOn(one -> one.rows().isPresent()).hasSizeGreaterThan(8);
    }
}

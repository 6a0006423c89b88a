package postern.proxy.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The picture that stands above the states of a conversation. */
public record StatePicture(Class<?> states, String picture) {

    public static StatePicture of(Class<?> states) throws IOException {
        String source =
                Files.readString(Path.of("src/main/java", states.getName().replace('.', '/') + ".java"));
        return new StatePicture(states, source.substring(source.indexOf("<pre>"), source.indexOf("</pre>")));
    }

    public void namesTheStatesAndNothingElse() {
        List<String> named = Pattern.compile("\\b[A-Z][a-z]+\\b")
                .matcher(picture)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(states.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }
}

package postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import postern.config.Settings;

/** What the documents say, as far as a machine can tell. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleConfigurationLoads(Path sample) throws Exception {
        Settings settings = Settings.load(sample, Map.of("POSTERN_MASTER_PASSWORD", "s3cret"));

        assertThat(settings.upstreams()).isNotEmpty();
    }

    private static List<Path> samples() throws IOException {
        return files(ROOT.resolve("deploy/samples"));
    }

    /** Two pages with one number have happened to others. */
    @Test
    void decisionsAreNumberedWithoutGapAndWithoutTwins() throws Exception {
        List<String> numbers = files(ROOT.resolve("docs/adr")).stream()
                .map(page -> page.getFileName().toString().substring(0, 4))
                .toList();

        assertThat(numbers)
                .isEqualTo(Stream.iterate(1, n -> n + 1)
                        .limit(numbers.size())
                        .map("%04d"::formatted)
                        .toList());
    }

    @Test
    void everyLinkInTheDocumentsLeadsSomewhere() throws Exception {
        for (Path page : pages()) {
            Set<String> links = Pattern.compile("]\\(([^)#:]+)\\)")
                    .matcher(Files.readString(page))
                    .results()
                    .map(link -> link.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(links)
                    .as(page.toString())
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        }
    }

    @Test
    void everyTranscriptThatTheDocumentsNameIsThere() throws Exception {
        Set<String> known;
        try (Stream<Path> transcripts = Files.walk(ROOT.resolve("proxy/src/test/transcripts"))) {
            known = transcripts
                    .filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replace(".txt", ""))
                    .collect(Collectors.toSet());
        }
        for (Path page : pages()) {
            Set<String> named = Pattern.compile(
                            "`(?:transcripts/[a-z0-9]+/)?((?:login|starttls|stls|authenticate|auth|pipelined|literal|mail)-[a-z-]+)(?:\\.txt)?`")
                    .matcher(Files.readString(page))
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(known).as(page.toString()).containsAll(named);
        }
    }

    @Test
    void everyKeyOfTheLogIsListedForContributors() throws Exception {
        String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        int list = page.indexOf("Keys, and no others:");
        Set<String> listed = Pattern.compile("`([a-z_]+)`")
                .matcher(page.substring(list, page.indexOf("Never a secret", list)))
                .results()
                .map(key -> key.group(1))
                .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>();
        for (String module : List.of("config", "credentials", "proxy", "admin-api", "app")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    Pattern.compile("addKeyValue\\(\\s*\"([^\"]+)\"")
                            .matcher(Files.readString(source))
                            .results()
                            .forEach(key -> used.add(key.group(1)));
                }
            }
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theArchitectureFitsOnAFewScreens() throws Exception {
        assertThat(Files.readAllLines(ROOT.resolve("ARCHITECTURE.md"))).hasSizeLessThan(200);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("bench"))) {
            pages.addAll(files(folder));
        }
        pages.removeIf(file -> !file.toString().endsWith(".md"));
        return pages;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

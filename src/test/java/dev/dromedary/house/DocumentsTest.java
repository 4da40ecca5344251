package dev.dromedary.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.app.SettingKey;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents: what can be compared with the code is, and every link leads somewhere. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern INCLUDE = Pattern.compile("<include>([^<]*)</include>");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|TBD|XXX)\\b");
  private static final Pattern OF_ONE_MACHINE =
      Pattern.compile("(?<![\\w./-])/(work|tmp|home|root|Users)/");

  static List<Path> documents() {
    return Checkout.documents();
  }

  @Test
  void findsTheDocumentsItJudges() {
    assertThat(documents().stream().map(file -> String.valueOf(file.getFileName())))
        .contains(
            "README.md",
            "ARCHITECTURE.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "failure-codes.md",
            "part-journal.md")
        .hasSizeGreaterThan(15);
  }

  @Test
  void listsEverySettingWithItsDefault() {
    List<List<String>> documented = Checkout.rows("README.md", "## Configuration");

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(SettingKey.values())
                .map(
                    key ->
                        List.of(
                            "`" + key.key().substring(SettingKey.PREFIX.length()) + "`",
                            key.defaultText().isEmpty() ? "–" : "`" + key.defaultText() + "`",
                            key.description()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksOnlyToWhatIsThere(Path document) {
    for (MatchResult link : LINK.matcher(Checkout.text(document)).results().toList()) {
      if (!link.group(1).matches("[a-z]+:.*")) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        assertThat(target).exists();
        if (link.group(2) != null) {
          assertThat(anchorsOf(target)).contains(link.group(2));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksOnlyToWhatIsInTheArchive(Path document) {
    List<PathMatcher> included =
        INCLUDE
            .matcher(Checkout.text("src/assembly/distribution.xml"))
            .results()
            .map(found -> FileSystems.getDefault().getPathMatcher("glob:" + found.group(1)))
            .toList();
    Path root = Checkout.path("").normalize();
    assertThat(included)
        .anyMatch(matcher -> matcher.matches(root.relativize(document.normalize())));
    for (MatchResult link : LINK.matcher(Checkout.text(document)).results().toList()) {
      if (!link.group(1).isEmpty() && !link.group(1).matches("[a-z]+:.*")) {
        Path target = document.resolveSibling(link.group(1)).normalize();
        Path file = Files.isDirectory(target) ? target.resolve("any") : target;
        assertThat(included).anyMatch(matcher -> matcher.matches(root.relativize(file)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isFinishedAndOfNoMachine(Path document) {
    assertThat(Checkout.text(document)).doesNotContainPattern(UNFINISHED);
    assertThat(Checkout.text(document)).doesNotContainPattern(OF_ONE_MACHINE);
  }

  @Test
  void citesTestsThatAreThere() {
    List<String> cited =
        Checkout.rows("ARCHITECTURE.md", "## Invariants").stream()
            .flatMap(row -> Pattern.compile("`(\\w+(?:Test|IT))`").matcher(row.get(2)).results())
            .map(found -> found.group(1) + ".java")
            .toList();
    List<String> present =
        Checkout.files("src/test/java", ".java").stream()
            .map(file -> String.valueOf(file.getFileName()))
            .toList();

    assertThat(cited).hasSizeGreaterThan(6);
    assertThat(present).containsAll(cited);
  }

  /** The anchors a page of documents gives its headings. */
  private static List<String> anchorsOf(Path document) {
    return Checkout.text(document)
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toList());
  }
}

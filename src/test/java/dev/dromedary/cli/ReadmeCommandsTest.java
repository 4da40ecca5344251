package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents tell users to type can be typed. */
class ReadmeCommandsTest {

  private static final Path HOME = Path.of(System.getProperty("dromedary.home", "."));
  private static final List<String> DOCUMENTS =
      List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:\\w+=\\S+ )?(?:\\./)?dromedary((?: [^#|&\\n]*)?)");
  private static final Pattern QUOTED_COMMAND = Pattern.compile("`(?:\\./)?dromedary( [^`]*)`");
  private static final Pattern QUOTED_OPTION = Pattern.compile("`(--[a-z][a-z-]*)[^`]*`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final CommandLine commandLine =
      Dromedary.commandLine(new CliFixture(HOME, HOME).environment);

  @Test
  void parsesEveryCommandLineOfTheReadme() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    List<String> lines = COMMAND.matcher(readme).results().map(found -> found.group(1)).toList();

    assertThat(lines).hasSizeGreaterThan(5);
    for (String line : lines) {
      String[] words = words(line);
      assertThatCode(() -> commandLine.parseArgs(words)).as(line).doesNotThrowAnyException();
    }
  }

  @Test
  void knowsEveryCommandTheDocumentsName() throws IOException {
    Set<String> named = new TreeSet<>();
    for (String document : DOCUMENTS) {
      QUOTED_COMMAND
          .matcher(Files.readString(HOME.resolve(document)))
          .results()
          .map(found -> words(found.group(1))[0])
          .filter(word -> !word.startsWith("-"))
          .forEach(named::add);
    }

    assertThat(named).isNotEmpty();
    assertThat(commandLine.getSubcommands().keySet()).containsAll(named);
  }

  @Test
  void knowsEveryOptionTheReadmeNames() throws IOException {
    Set<String> known =
        commandLine.getSubcommands().values().stream()
            .flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream())
            .collect(Collectors.toSet());
    List<String> named =
        QUOTED_OPTION
            .matcher(Files.readString(HOME.resolve("README.md")))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(known).containsAll(named);
  }

  private static String[] words(String line) {
    return WORD.matcher(line)
        .results()
        .map((MatchResult word) -> word.group(1) == null ? word.group(2) : word.group(1))
        .toArray(String[]::new);
  }
}

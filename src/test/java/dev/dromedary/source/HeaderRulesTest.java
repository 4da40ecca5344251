package dev.dromedary.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderRulesTest {

  private final HeaderRules rules = new HeaderRules(ListFiles.ENVIRONMENT::get);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @Test
  void resolvesReferencesOfBothKinds() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "from-file\n");

    assertThat(rules.value("X", "{{env:TOKEN}} and {{file:" + file + "}}"))
        .isEqualTo("s3cret and from-file");
    assertThat(rules.checked("X", "{{file:" + file + "}}")).isEqualTo("{{file:" + file + "}}");
  }

  @Test
  void readsAFileAnewEachTime() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "one");
    Map<String, String> headers = Map.of("X", "{{file:" + file + "}}");

    assertThat(rules.resolved(headers)).isEqualTo(Map.of("X", "one"));
    Files.writeString(file, "two");
    assertThat(rules.resolved(headers)).isEqualTo(Map.of("X", "two"));
  }

  @Test
  void takesWhatAReferenceStandsForLiterally() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "{{env:TOKEN}}");

    assertThat(rules.value("X", "a{{env:NESTED}}b")).isEqualTo("a{{env:TOKEN}}b");
    assertThat(rules.value("X", "{{file:" + file + "}}")).isEqualTo("{{env:TOKEN}}");
  }

  @Test
  void refusesAFileThatIsNoCredential_withoutRepeatingIt() throws IOException {
    Path lines = Files.writeString(directory.resolve("lines"), "s3cret\ns3cret2\n");
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path large = Files.writeString(directory.resolve("large"), "s3cret".repeat(2000));

    for (Path path : List.of(lines, empty, large, directory)) {
      assertThatThrownBy(() -> rules.checked("X", "Bearer {{file:" + path + "}}"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("header 'X': ")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void keepsItsOwnNamesToItself() {
    assertThatThrownBy(() -> rules.name("dromedary-named"))
        .hasMessageContaining("this header is set by dromedary");
  }
}

package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The archive that {@code mvn package} makes is all a machine with a JVM needs. */
class DistributionIT extends ProgramFixture {

  @Test
  void runsWhereItIsUnpacked_withoutACheckout() throws Exception {
    Path root = unpacked();
    assertThat(names(root))
        .contains("bin", "lib", "routes", "config", "demo", "LICENSE", "README.md");
    GeneratedContent content = new GeneratedContent(1, 100_000);
    origin.put(Resource.of("/a.bin", content));
    Path program = root.resolve("bin").resolve("dromedary");

    start(
            program,
            directory,
            Map.of(),
            List.of("get", origin.uri("/a.bin").toString(), "--to", "in"))
        .requireExit(0, LIMIT);
    assertThat(content.matches(directory.resolve("in").resolve("a.bin"))).isTrue();

    Child check = start(program, directory, Map.of(), List.of("check"));
    check.requireExit(0, LIMIT);
    assertThat(check.out() + check.err()).contains("routes");
  }

  private Path unpacked() throws Exception {
    Path target = installation.home().getParent();
    Path archive;
    try (Stream<Path> files = Files.list(target)) {
      archive =
          files
              .filter(file -> file.getFileName().toString().matches("dromedary-.*\\.tar\\.gz"))
              .findFirst()
              .orElseThrow();
    }
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(tar.exitValue()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("dromedary-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

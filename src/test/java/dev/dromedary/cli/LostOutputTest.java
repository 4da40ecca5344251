package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.app.HomeFixture;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What could not be printed is told and changes the status; what was to be done is done. */
class LostOutputTest {

  private static final Path FULL = Path.of("/dev/full");
  private static final String TOLD =
      "dromedary: standard output: could not be written: No space left on device\n";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--version", "get --help", "completion bash"})
  void whatAFullDiskDoesNotTakeIsTold_andTheStatusIs1(String line) throws IOException {
    assertThat(run(full(), line.split(" "))).isEqualTo(1);
    assertThat(err()).isEqualTo(TOLD);
  }

  @Test
  void aWrongCommandLineStaysOne() throws IOException {
    assertThat(run(full(), "check", "--sources", "-")).isEqualTo(2);
    assertThat(err()).doesNotContain("could not be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--tries=3"})
  void theFileLandsAllTheSame(String option) throws IOException {
    HomeFixture home = new HomeFixture(directory.resolve("home"));
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      origin.put(Resource.of("/a.bin", new GeneratedContent(1, 100_000)));

      String url = origin.uri("/a.bin").toString();
      assertThat(run(home.path(), full(), "get", url, "--to", "in", option)).isEqualTo(1);
    }
    assertThat(Files.size(directory.resolve("in/a.bin"))).isEqualTo(100_000);
    assertThat(err()).endsWith(TOLD);
  }

  @Test
  void aPipeThatNobodyReadsAnyMoreIsNoComplaint() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    try (OutputStream unread = Channels.newOutputStream(pipe.sink())) {
      assertThat(run(unread, "--version")).isZero();
    }
    assertThat(err()).isEmpty();
  }

  private static OutputStream full() throws IOException {
    assumeTrue(Files.exists(FULL));
    return new FileOutputStream(FULL.toFile());
  }

  private int run(OutputStream to, String... args) {
    return run(directory.resolve("home"), to, args);
  }

  private int run(Path home, OutputStream to, String... args) {
    StandardOutput out = new StandardOutput(to, StandardCharsets.UTF_8);
    CliEnvironment environment =
        new CliEnvironment(
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            Terminal.NONE,
            home,
            directory,
            Clock.systemUTC());
    return out.end(Dromedary.execute(environment, args), environment.err());
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}

package dev.dromedary.program;

import dev.dromedary.app.LiveTree;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Starts the installed program in a fresh directory on the disk of the build, and ends whatever a
 * test has started.
 */
abstract class ProgramFixture {

  /** As the tests themselves: where upper case, numbers and dates are not what they seem. */
  static final String HOSTILE =
      "-Duser.timezone=America/Bahia_Banderas -Duser.language=tr -Duser.country=TR";

  static final Duration LIMIT = Duration.ofSeconds(60);

  /** Where a test is before it has a directory: that of the build, which is not to be removed. */
  private static final Path NOWHERE = Path.of("");

  Path directory = NOWHERE;

  Installation installation = new Installation(NOWHERE);
  ScriptedOrigin origin = ScriptedOrigin.start();
  private final List<Child> children = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    installation = Installation.current();
    directory = Files.createTempDirectory(installation.home().getParent(), "it-");
  }

  @AfterEach
  void endAll() {
    children.forEach(Child::close);
    origin.close();
    if (directory.equals(NOWHERE)) {
      return;
    }
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .atMost(LIMIT)
        .ignoreExceptionsMatching(ProgramFixture::isOfFiles)
        .until(this::remove);
  }

  /** What a child has left to work on, such as its archive of classes, may still write. */
  private boolean remove() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
    return true;
  }

  private static boolean isOfFiles(Throwable thrown) {
    return thrown instanceof IOException || thrown instanceof UncheckedIOException;
  }

  /** Starts the program with the arguments, in the test's directory. */
  Child start(String... arguments) throws IOException {
    return start(Map.of(), List.of(arguments));
  }

  /** Starts the program with further environment variables. */
  Child start(Map<String, String> variables, List<String> arguments) throws IOException {
    return start(installation.launcher(), directory, variables, arguments);
  }

  /** Starts a program in a directory. */
  Child start(
      Path program, Path workingDirectory, Map<String, String> variables, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(program.toString());
    command.addAll(arguments);
    Path out = Files.createTempFile(directory, "child", ".out");
    Path err = Files.createTempFile(directory, "child", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_OPTS", HOSTILE);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(variables);
    builder.directory(workingDirectory.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    Child child = new Child(builder.start(), out, err);
    children.add(child);
    return child;
  }

  /** Waits for something that a running child does; it must not end before. */
  static void until(Child child, Callable<Boolean> condition) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(4))
        .atMost(LIMIT)
        .until(
            () -> {
              boolean isAlive = child.isAlive();
              boolean isMet = condition.call();
              if (!isMet && !isAlive) {
                throw new IllegalStateException("ended too early: " + child);
              }
              return isMet;
            });
  }

  /** Returns how long the part files of a source are below the directory {@code in}. */
  long stagedBytes(String id) throws IOException {
    return LiveTree.files(directory.resolve("in")).stream()
        .filter(path -> path.getFileName().toString().matches(id + "-.*\\.part"))
        .mapToLong(path -> path.toFile().length())
        .sum();
  }

  /** Returns how many body bytes the origin has sent for a path. */
  long served(String path) {
    return origin.requests(path).stream().mapToLong(SeenRequest::bodyBytesSent).sum();
  }
}

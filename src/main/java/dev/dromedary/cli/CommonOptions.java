package dev.dromedary.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class CommonOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The configuration (default: config/application.properties",
        "of the program, for the demo demo/application.properties)."
      })
  @Nullable Path config;

  @Option(
      names = {"-v", "--debug"},
      description =
          "Log more, with a line for each request and answer of HTTP, secrets cut out, and print"
              + " stack traces of errors.")
  boolean isDebug;

  /**
   * Returns the configuration file: the one that was named, else {@code standard} within the home
   * directory, else none.
   *
   * @throws UsageException when the named one cannot be read
   */
  @Nullable Path configFile(CliEnvironment environment, String standard) {
    if (config == null) {
      Path file = environment.home().resolve(standard);
      return Files.exists(file) ? file : null;
    }
    Path file = environment.resolve(config);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new UsageException("--config " + file + ": expected a readable file");
    }
    return file;
  }
}

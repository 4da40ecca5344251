package dev.dromedary.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked distribution of what was built: launcher, jars, routes and settings in a directory
 * with a space in its name. Its launcher never builds.
 *
 * @param home the directory
 */
record Installation(Path home) {

  private static final Path CHECKOUT = Path.of(System.getProperty("dromedary.home", "."));

  /**
   * Installs what {@code mvn package} has made, over what an earlier run left.
   *
   * @throws IllegalStateException when nothing was built
   */
  static Installation current() throws IOException {
    Path built = CHECKOUT.resolve("target").resolve("dromedary.jar");
    if (!Files.exists(built)) {
      throw new IllegalStateException(built + " is missing: run these tests by mvn verify");
    }
    Path home = CHECKOUT.resolve("target").resolve("installed program").toAbsolutePath();
    Path lib = Files.createDirectories(home.resolve("lib"));
    for (Path stale : entries(lib)) {
      if (Files.isSymbolicLink(stale)) {
        Files.delete(stale);
      }
    }
    Files.createSymbolicLink(lib.resolve("dromedary.jar"), built.toAbsolutePath());
    for (Path jar : entries(CHECKOUT.resolve("target").resolve("lib"))) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar.toAbsolutePath());
    }
    copy(CHECKOUT.resolve("dromedary"), home.resolve("dromedary"));
    for (String directory : List.of("routes", "config", "demo")) {
      if (Files.isDirectory(CHECKOUT.resolve(directory))) {
        Files.createDirectories(home.resolve(directory));
        for (Path file : entries(CHECKOUT.resolve(directory))) {
          copy(file, home.resolve(directory).resolve(file.getFileName()));
        }
      }
    }
    return new Installation(home);
  }

  /** Returns the program to start. */
  Path launcher() {
    return home.resolve("dromedary");
  }

  /** Returns where the flow is. */
  Path routes() {
    return home.resolve("routes");
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}

package dev.dromedary.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A home directory with the routes and the configuration that are shipped, to be broken. */
public final class HomeFixture {

  private final Path home;

  /** Copies what is shipped into a directory that is not there yet. */
  public HomeFixture(Path home) throws IOException {
    this.home = home;
    Path shipped = Path.of(Objects.requireNonNull(System.getProperty("dromedary.home")));
    for (String name : List.of("routes", "config")) {
      Files.createDirectories(home.resolve(name));
      try (Stream<Path> files = Files.list(shipped.resolve(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, home.resolve(name).resolve(file.getFileName().toString()));
        }
      }
    }
  }

  /** Returns the directory. */
  public Path path() {
    return home;
  }

  /** Replaces text that must be there, once; returns its line. */
  public int edit(String file, String found, String replacement) throws IOException {
    Path path = home.resolve(file);
    String text = Files.readString(path);
    int at = text.indexOf(found);
    if (at < 0) {
      throw new IllegalArgumentException(file + ": expected '" + found + "'");
    }
    Files.writeString(
        path, text.substring(0, at) + replacement + text.substring(at + found.length()));
    return 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /** Writes a file, such as a route beside those that are shipped. */
  public void write(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
  }

  /** Returns what a service of this home is asked to run. */
  public RunRequest request() {
    Path config = home.resolve("config/application.properties");
    return new RunRequest(RunMode.SERVICE, home, config, Map.of(), null);
  }

  /** Returns every file with its content, and every directory. */
  public static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.forEach(path -> contents.put(path.toString(), contentOf(path)));
    }
    return contents;
  }

  private static String contentOf(Path path) {
    try {
      if (Files.isSymbolicLink(path)) {
        return "link to " + Files.readSymbolicLink(path);
      }
      return Files.isDirectory(path) ? "directory" : Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.dromedary.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Finds the directory that holds {@code routes/} and {@code config/}. */
final class ProgramHome {

  private ProgramHome() {}

  /**
   * Returns the directory that was named, else the nearest one above the program's jar that has
   * {@code routes/}, else the working directory.
   *
   * @param named the system property {@code dromedary.home}
   */
  static Path find(@Nullable String named) {
    Path working = Path.of("").toAbsolutePath();
    if (named != null && !named.isBlank()) {
      return working.resolve(named).normalize();
    }
    Path above = codeLocation();
    while (above != null && !Files.isDirectory(above.resolve("routes"))) {
      above = above.getParent();
    }
    return above == null ? working : above;
  }

  private static @Nullable Path codeLocation() {
    CodeSource source = ProgramHome.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI()).getParent();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}

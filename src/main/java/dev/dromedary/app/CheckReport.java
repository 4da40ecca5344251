package dev.dromedary.app;

import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * What a validation found.
 *
 * @param problems each once: those of the settings, the source list, the routes
 * @param list the source list
 * @param sources how many sources the list has, 0 when it cannot be read
 * @param routeDirectories where the files of routes are
 * @param routes how many routes were read, configurations not counted
 * @param warnings what can be used but should not stay so
 */
public record CheckReport(
    List<Problem> problems,
    Path list,
    int sources,
    List<Path> routeDirectories,
    int routes,
    List<Problem> warnings) {

  public CheckReport {
    problems = List.copyOf(problems);
    routeDirectories = List.copyOf(routeDirectories);
    warnings = List.copyOf(warnings);
  }

  /** Tells whether everything can be used. */
  public boolean isGood() {
    return problems.isEmpty();
  }
}

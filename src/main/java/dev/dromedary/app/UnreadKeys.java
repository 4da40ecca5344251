package dev.dromedary.app;

import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keys of the configuration that are neither ours nor Camel's, and that no route names either. */
final class UnreadKeys {

  private static final String OF_CAMEL = "camel.";

  private UnreadKeys() {}

  /**
   * Returns a warning for each. A key counts as read where its name stands in a route or in the
   * value of another key; what is read by routes that are not files is not known.
   */
  static List<Problem> warnings(RunRequest request, Settings settings) {
    RouteFiles routes = RouteFiles.of(settings, request.home());
    if (!routes.areAllFiles()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(settings.passThrough().values());
    texts.addAll(settings.asProperties().values());
    routes.list(new ArrayList<>()).forEach(file -> texts.add(text(file)));
    return settings.passThrough().keySet().stream()
        .filter(key -> !key.startsWith(OF_CAMEL))
        .filter(key -> texts.stream().noneMatch(text -> text.contains(key)))
        .map(
            key ->
                SettingPlaces.problem(
                    request,
                    key,
                    key
                        + ": expected a key of this program, of Camel or that a route uses, found"
                        + " none of these"))
        .sorted(Comparator.comparingInt(Problem::line))
        .toList();
  }

  /** What cannot be read is told by who judges the routes. */
  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}

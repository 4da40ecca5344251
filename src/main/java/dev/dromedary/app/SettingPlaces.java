package dev.dromedary.app;

import dev.dromedary.app.PropertyLines.Property;
import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where a setting was written, for what is found wrong with it only later. */
final class SettingPlaces {

  private SettingPlaces() {}

  /** Returns a problem at the place where the setting has its value from. */
  static Problem problem(RunRequest request, SettingKey key, String message) {
    Path file = request.configFile();
    if (request.overrides().containsKey(key.key())) {
      return new Problem("command line", 0, message);
    }
    List<Property> lines = file == null ? List.of() : lines(file);
    return lines.stream()
        .filter(property -> property.key().equals(key.key()))
        .reduce((first, last) -> last)
        .map(property -> new Problem(String.valueOf(file), property.line(), message))
        .orElseGet(() -> new Problem("defaults", 0, message));
  }

  private static List<Property> lines(Path file) {
    try {
      return PropertyLines.read(file);
    } catch (IOException | PropertyLines.MalformedLine e) {
      return List.of();
    }
  }
}

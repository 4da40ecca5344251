package dev.dromedary.app;

import dev.dromedary.app.PropertyLines.Property;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.ResolveEndpointFailedException;

/** Where a setting was written, for what is found wrong with it only later. */
final class SettingPlaces {

  private SettingPlaces() {}

  /** Returns a problem at the place where the setting has its value from. */
  static Problem problem(RunRequest request, SettingKey key, String message) {
    return problem(request, key.key(), message);
  }

  /** Returns a problem at the place where a key, written with dashes or without, is from. */
  static Problem problem(RunRequest request, String key, String message) {
    Path file = request.configFile();
    if (request.overrides().containsKey(key)) {
      return new Problem("command line", 0, message);
    }
    List<Property> lines = file == null ? List.of() : lines(file);
    return lines.stream()
        .filter(property -> bare(property.key()).equals(bare(key)))
        .reduce((first, last) -> last)
        .map(property -> new Problem(String.valueOf(file), property.line(), message))
        .orElseGet(() -> new Problem("defaults", 0, message));
  }

  /**
   * Returns why a file cannot be used; where it cannot even be read, told of the setting that names
   * it. Who named it on the command line knows.
   */
  static ProblemsException refusal(
      RunRequest request, SettingKey key, Path file, ProblemsException refused) {
    boolean isRead = Files.isReadable(file) && !Files.isDirectory(file);
    if (isRead || request.overrides().containsKey(key.key())) {
      return refused;
    }
    return new ProblemsException(
        refused.code(),
        refused.problems().stream()
            .map(found -> key.key() + " '" + file + "': " + found.message())
            .map(message -> problem(request, key, message))
            .toList());
  }

  /** Moves a problem that is about the value of a setting to where that was written. */
  static Problem moved(RunRequest request, Settings settings, Problem problem) {
    String message = problem.message().replace("://", ":");
    return endpoint(settings, uri -> message.contains(address(uri)))
        .map(key -> problem(request, key, key.key() + ": " + problem.message()))
        .orElse(problem);
  }

  /** Returns the setting that names the endpoint which Camel was to open when it refused. */
  static Optional<SettingKey> ofEndpoint(Settings settings, Throwable thrown) {
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      if (link instanceof ResolveEndpointFailedException unresolved) {
        String opened = String.valueOf(unresolved.getUri()).replace("://", ":");
        return endpoint(settings, uri -> opened.startsWith(uri.replace("://", ":")))
            .or(() -> endpoint(settings, uri -> isAddress(address(uri), address(opened))));
      }
    }
    return Optional.empty();
  }

  private static Optional<SettingKey> endpoint(Settings settings, Predicate<String> isIt) {
    Settings.Delivery delivery = settings.delivery();
    Map<SettingKey, String> uris =
        Map.of(
            SettingKey.DELIVERY_URI, delivery.uri(),
            SettingKey.LANDED_URI, delivery.landedUri(),
            SettingKey.FAILED_URI, delivery.failedUri());
    return uris.entrySet().stream()
        .filter(uri -> isIt.test(uri.getValue()))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder());
  }

  /** Camel tells user information otherwise than it is written. */
  private static String address(String uri) {
    return uri.split("\\?", 2)[0].replace("://", ":").replaceFirst("(?s):.*@", ":");
  }

  /** What a placeholder stood for is not known any more. */
  private static boolean isAddress(String written, String opened) {
    String[] known = written.split("\\{\\{[^}]*}}", -1);
    return opened.matches(
        Arrays.stream(known).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /** Camel takes {@code a-b} for {@code aB}. */
  private static String bare(String key) {
    return key.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static List<Property> lines(Path file) {
    try {
      return PropertyLines.read(file);
    } catch (IOException | PropertyLines.MalformedLine e) {
      return List.of();
    }
  }
}

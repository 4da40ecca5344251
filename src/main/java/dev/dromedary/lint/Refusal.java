package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Camel refused, with the place it is written at. Camel names the file and line for YAML, the
 * route for what is in it, and for much only the words; those are looked up in the files.
 */
public final class Refusal {

  private static final Pattern PLACE =
      Pattern.compile("in (?:file:)?(\\S.*?), line (\\d+), column \\d+", Pattern.DOTALL);
  private static final Pattern RESOURCE = Pattern.compile("file:(\\S.*?\\.yaml)\\b");
  private static final Pattern ROUTE = Pattern.compile("Failed to (?:create|start) route: (\\S+)");

  /** What a message says is wrong, the most telling first; group 1 stands in a file. */
  private static final List<Pattern> WORDS =
      List.of(
          Pattern.compile("Property with key \\[([^\\]]+)\\]"),
          Pattern.compile("Unknown parameters=\\[\\{([^=]+)="),
          Pattern.compile("with name: (\\S+) on bean"),
          Pattern.compile("found in the registry for: (\\S+)"),
          Pattern.compile("ExecutorServiceRef (\\S+) not found"),
          Pattern.compile("No endpoint could be found for: ([^\\s,]+)"),
          Pattern.compile("ClassNotFoundException: (\\S+)"),
          Pattern.compile("at location \\d+ (\\S[^*]*)"),
          Pattern.compile("Failed to resolve endpoint: (\\S+)"),
          Pattern.compile("(?:node id|with id|Unsupported field): (\\S+)"));

  private Refusal() {}

  /**
   * Returns what was refused as a problem.
   *
   * @param thrown by Camel
   * @param files every route file
   * @param whole named when no file is found
   * @param options finds the options of a kind of endpoint by its scheme, if they are known
   */
  public static Problem problem(
      Throwable thrown,
      List<Path> files,
      String whole,
      Function<String, Optional<EndpointOptions>> options) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown; link != null && !chain.contains(link); link = link.getCause()) {
      chain.add(link);
    }
    Throwable innermost = chain.get(chain.size() - 1);
    String message = CamelWords.of(oneLine(innermost), options);
    Matcher place = PLACE.matcher(message);
    if (place.find()) {
      String said = message.substring(0, place.start()).strip();
      Problem last = new Problem(place.group(1), Integer.parseInt(place.group(2)), said);
      while (place.find()) {
        last = new Problem(place.group(1), Integer.parseInt(place.group(2)), said);
      }
      return last;
    }
    String all = String.join(" ", chain.stream().map(Refusal::oneLine).toList());
    List<RouteFile> read =
        files.stream().map(file -> RouteFile.read(file, new ArrayList<>())).toList();
    Optional<Element> element =
        suspects(all, read)
            .or(() -> isOfCron(innermost) ? cron(all, read) : Optional.empty())
            .or(() -> route(all, read));
    if (element.isPresent()) {
      return element.get().problem(message);
    }
    Matcher resource = RESOURCE.matcher(all);
    return new Problem(resource.find() ? resource.group(1) : whole, 0, message);
  }

  /** Tells whether a message is about something that another has named already, between quotes. */
  public static boolean isNamedBy(Problem refusal, Problem other) {
    if (!refusal.file().equals(other.file())) {
      return false;
    }
    Matcher quoted = Pattern.compile("'([^']+)'").matcher(other.message());
    boolean isSaid = quoted.find() && refusal.message().contains(quoted.group(1));
    return isSaid || refusal.line() == other.line() || other.line() == 0;
  }

  private static Optional<Element> suspects(String all, List<RouteFile> files) {
    List<RouteFile> ordered =
        Stream.concat(
                route(all, files).stream().flatMap(r -> ofFile(files, r.file())), files.stream())
            .toList();
    for (Pattern words : WORDS) {
      Matcher matcher = words.matcher(all);
      while (matcher.find()) {
        String word = matcher.group(1).strip().replaceFirst("://", ":").replaceFirst("\\?.*", "");
        Optional<Element> found =
            first(ordered, e -> e.key().equals(word) || e.text().orElse("").equals(word))
                .or(() -> first(ordered, e -> e.text().orElse("").contains(word)));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Element> route(String all, List<RouteFile> files) {
    Matcher route = ROUTE.matcher(all);
    return route.find()
        ? first(files, e -> e.key().equals("id") && e.text().orElse("").equals(route.group(1)))
        : Optional.empty();
  }

  /** Quartz names neither the expression nor where it is from. */
  private static boolean isOfCron(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("org.quartz.CronExpression"));
  }

  private static Optional<Element> cron(String all, List<RouteFile> files) {
    return route(all, files)
        .map(route -> ofFile(files, route.file()).toList())
        .flatMap(
            file ->
                first(file, e -> e.key().equals("cron") || e.text().orElse("").contains("cron=")));
  }

  private static Stream<RouteFile> ofFile(List<RouteFile> files, Path path) {
    return files.stream().filter(file -> file.path().equals(path));
  }

  private static Optional<Element> first(List<RouteFile> files, Predicate<Element> isIt) {
    return files.stream().flatMap(file -> file.elements().stream()).filter(isIt).findFirst();
  }

  private static String oneLine(Throwable thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    String named = thrown instanceof ReflectiveOperationException ? thrown.toString() : message;
    return named.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
  }
}

package dev.dromedary.app;

import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the routes are: Camel's include pattern, relative to the home directory, and the files that
 * it names now. Does not change anything.
 *
 * @param pattern with absolute paths, as Camel takes it
 */
record RouteFiles(String pattern) {

  static final String KEY = "camel.main.routesIncludePattern";

  private static final String STANDARD = "file:routes/*.camel.yaml";
  private static final String FILE = "file:";
  private static final Pattern YAML = Pattern.compile("(\\.camel)?\\.ya?ml$");
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?");

  static RouteFiles of(Settings settings, Path home) {
    String written = settings.passThrough().getOrDefault(KEY, STANDARD);
    return new RouteFiles(
        Arrays.stream(written.split(","))
            .map(part -> atHome(part.strip(), home))
            .collect(Collectors.joining(",")));
  }

  /**
   * Returns the files in the order of their names. A part that names none, or a directory that
   * cannot be read, becomes a problem. What is not of the file system, such as {@code classpath:},
   * is left to Camel.
   */
  List<Path> list(List<Problem> problems) {
    TreeSet<Path> files = new TreeSet<>();
    for (String part : pattern.split(",")) {
      if (part.startsWith(FILE)) {
        list(part.substring(FILE.length()), files, problems);
      }
    }
    return new ArrayList<>(files);
  }

  /** Returns the directories of the files that {@link #list} finds, each once. */
  List<Path> directories() {
    return list(new ArrayList<>()).stream()
        .flatMap(file -> Stream.ofNullable(file.getParent()))
        .distinct()
        .toList();
  }

  /**
   * Returns a warning for each other file of YAML beside them: somebody may take it for a route.
   */
  List<Problem> othersBeside() {
    List<Path> read = list(new ArrayList<>());
    List<Problem> others = new ArrayList<>();
    if (!pattern.contains("*.camel.yaml")) {
      return others;
    }
    for (Path directory : directories()) {
      try (Stream<Path> all = Files.list(directory)) {
        all.filter(file -> YAML.matcher(file.toString()).find() && !read.contains(file))
            .sorted()
            .map(RouteFiles::notRead)
            .forEach(others::add);
      } catch (IOException e) {
        // told by whoever reads the routes
      }
    }
    return others;
  }

  private static Problem notRead(Path file) {
    String name = YAML.matcher(String.valueOf(file.getFileName())).replaceFirst("") + ".camel.yaml";
    return new Problem(
        file.toString(), 0, "expected the name " + name + "; as it is, it is not read");
  }

  /** Says whether {@link #list} knows them all. */
  boolean areAllFiles() {
    return Arrays.stream(pattern.split(",")).allMatch(part -> part.startsWith(FILE));
  }

  private static void list(String path, TreeSet<Path> files, List<Problem> problems) {
    Matcher wildcard = WILDCARD.matcher(path);
    int end = wildcard.find() ? wildcard.start() : path.length();
    int slash = path.lastIndexOf('/', end);
    Path directory = Path.of(path.substring(0, Math.max(slash, 1)));
    Pattern names = regex(path.substring(slash + 1));
    String expected = "expected route files " + path.substring(slash + 1) + ", found ";
    if (!Files.isDirectory(directory)) {
      String found = Files.exists(directory) ? "a file" : "no such directory";
      problems.add(new Problem(directory.toString(), 0, expected + found));
      return;
    }
    try (Stream<Path> all = Files.walk(directory, names.pattern().contains("/") ? 20 : 1)) {
      List<Path> found =
          all.filter(file -> names.matcher(directory.relativize(file).toString()).matches())
              .filter(Files::isRegularFile)
              .toList();
      files.addAll(found);
      if (found.isEmpty()) {
        problems.add(new Problem(directory.toString(), 0, expected + "none"));
      }
    } catch (IOException e) {
      problems.add(new Problem(directory.toString(), 0, expected + Found.reading(e)));
    }
  }

  private static String atHome(String part, Path home) {
    return part.startsWith(FILE)
        ? FILE + home.toAbsolutePath().resolve(part.substring(FILE.length())).normalize()
        : part;
  }

  private static Pattern regex(String glob) {
    Matcher wildcard = WILDCARD.matcher(glob);
    StringBuilder regex = new StringBuilder();
    int end = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(glob.substring(end, wildcard.start())));
      regex.append(
          switch (wildcard.group()) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> "[^/]";
          });
      end = wildcard.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(glob.substring(end))).toString());
  }
}

package dev.dromedary.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the checkout that is being tested, by their names relative to its root. */
final class Checkout {

  private static final Path ROOT = Path.of(System.getProperty("dromedary.home", "."));

  private Checkout() {}

  static Path path(String name) {
    return ROOT.resolve(name);
  }

  static String text(String name) {
    return text(path(name));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the files below a directory whose names end so, in order. */
  static List<Path> files(String directory, String suffix) {
    try (Stream<Path> walk = Files.walk(path(directory))) {
      return walk.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns every document, in order: those at the root, of docs and of bench. */
  static List<Path> documents() {
    try (Stream<Path> root = Files.list(ROOT)) {
      return Stream.of(
              root.filter(file -> file.toString().endsWith(".md")).sorted().toList(),
              files("docs", ".md"),
              files("bench", ".md"))
          .flatMap(List::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the cells of every table row between two headings, without heads and rules. */
  static List<List<String>> rows(String document, String heading) {
    return rowsOf(section(text(document), heading));
  }

  /** Returns the cells of every table row of a text, without heads and rules. */
  static List<List<String>> rowsOf(String text) {
    List<String> lines = text.lines().toList();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .filter(i -> lines.get(i).startsWith("|") && !isRule(lines, i) && !isRule(lines, i + 1))
        .map(i -> cells(lines.get(i)))
        .toList();
  }

  private static boolean isRule(List<String> lines, int index) {
    return index < lines.size() && lines.get(index).matches("\\|[-:| ]+\\|");
  }

  private static List<String> cells(String row) {
    return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static String section(String text, String heading) {
    int start = text.indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new AssertionError("expected the heading '" + heading + "', found none");
    }
    int end = text.indexOf("\n## ", start + heading.length());
    return text.substring(start, end < 0 ? text.length() : end);
  }
}

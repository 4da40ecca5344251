package dev.dromedary.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A properties file in UTF-8 with the line of every key, which java.util.Properties forgets. */
final class PropertyLines {

  /** One key with its value and the line it begins on. */
  record Property(String key, String value, int line) {}

  private PropertyLines() {}

  /**
   * Reads all keys in the order written, also those written twice.
   *
   * @throws MalformedLine when an escape is broken
   */
  static List<Property> read(Path file) throws IOException, MalformedLine {
    List<Property> properties = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int first = ++number;
        StringBuilder logical = new StringBuilder(first == 1 ? withoutMark(line) : line);
        while (!isComment(logical) && isContinued(logical)) {
          String next = lines.readLine();
          if (next == null) {
            break;
          }
          number++;
          logical.append('\n').append(next);
        }
        add(properties, logical.append('\n').toString(), first);
      }
    }
    return properties;
  }

  private static void add(List<Property> properties, String logical, int line)
      throws IOException, MalformedLine {
    Properties one = new Properties();
    try {
      one.load(new StringReader(logical));
    } catch (IllegalArgumentException e) {
      throw new MalformedLine(line);
    }
    for (String key : one.stringPropertyNames()) {
      properties.add(new Property(key, one.getProperty(key).strip(), line));
    }
  }

  private static boolean isComment(CharSequence line) {
    String text = line.toString().stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  private static boolean isContinued(CharSequence line) {
    int backslashes = 0;
    for (int i = line.length() - 1; i >= 0 && line.charAt(i) == '\\'; i--) {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  /** A line that cannot be decoded. */
  static final class MalformedLine extends Exception {

    private static final long serialVersionUID = 1L;
    private final int line;

    MalformedLine(int line) {
      super("line " + line);
      this.line = line;
    }

    int line() {
      return line;
    }
  }
}

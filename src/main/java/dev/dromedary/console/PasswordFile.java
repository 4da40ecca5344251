package dev.dromedary.console;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The file of who may use the console: a line {@code NAME:HASH} each, {@code #} for comments. */
public final class PasswordFile {

  private static final String NAME = "[A-Za-z0-9._@-]{1,64}";
  private static final int ITERATIONS = 600_000;

  private PasswordFile() {}

  /**
   * Makes a line.
   *
   * @param name letters, digits and {@code . _ @ -}, 1 to 64
   * @param password not empty
   * @throws IllegalArgumentException when one of them is otherwise
   */
  public static String line(String name, char[] password, RandomGenerator random) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "name '" + name + "': expected 1 to 64 letters, digits, '.', '_', '@' or '-'");
    }
    if (password.length == 0) {
      throw new IllegalArgumentException("password: expected one, found none");
    }
    return name + ":" + PasswordHash.of(password, ITERATIONS, random).text();
  }

  /**
   * Judges a file.
   *
   * @throws ProblemsException with code {@code CONFIGURATION} when it cannot be used or names
   *     nobody
   */
  public static void require(Path file) {
    read(file);
  }

  static Map<String, PasswordHash> read(Path file) {
    Map<String, PasswordHash> hashes = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          put(line.strip(), hashes, new Problem(file.toString(), number, ""), problems);
        }
      }
    } catch (IOException e) {
      problems.add(
          new Problem(
              file.toString(), 0, "expected a readable file in UTF-8, found " + Found.reading(e)));
    }
    if (problems.isEmpty() && hashes.isEmpty()) {
      problems.add(
          new Problem(
              file.toString(),
              0,
              "expected a line for each user, made by 'dromedary console-password', found none"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemsException(FailureCode.CONFIGURATION, problems);
    }
    return hashes;
  }

  private static void put(
      String line, Map<String, PasswordHash> hashes, Problem place, List<Problem> problems) {
    String[] parts = line.split(":", 2);
    try {
      if (parts.length != 2 || !parts[0].matches(NAME)) {
        throw new IllegalArgumentException("expected NAME:HASH");
      }
      if (hashes.put(parts[0], PasswordHash.parse(parts[1])) != null) {
        throw new IllegalArgumentException("expected each name once");
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          new Problem(
              place.file(),
              place.line(),
              e.getMessage() + "; 'dromedary console-password' makes a line"));
    }
  }
}

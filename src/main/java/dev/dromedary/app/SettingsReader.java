package dev.dromedary.app;

import dev.dromedary.app.PropertyLines.MalformedLine;
import dev.dromedary.app.PropertyLines.Property;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: defaults, over them a properties file in UTF-8, over that the command line.
 * Thread-safe.
 */
public final class SettingsReader {

  private static final String COMMAND_LINE = "command line";

  private final Path base;
  private final String version;

  /**
   * Creates a reader.
   *
   * @param base what relative paths are resolved against
   * @param version of this program, for the default User-Agent
   */
  public SettingsReader(Path base, String version) {
    this.base = base;
    this.version = version;
  }

  /**
   * Reads a file that must be there.
   *
   * @param overrides full keys with their values; stronger than the file
   * @throws ProblemsException with every problem and code {@code CONFIGURATION}
   */
  public Settings read(Path file, Map<String, String> overrides) {
    List<Problem> problems = new ArrayList<>();
    return judged(properties(file, problems), file.toString(), overrides, problems);
  }

  /** Reads a file if it is there, as {@link #read} otherwise. */
  public Settings readIfPresent(Path file, Map<String, String> overrides) {
    return Files.notExists(file)
        ? judged(List.of(), file.toString(), overrides, new ArrayList<>())
        : read(file, overrides);
  }

  /** Takes the defaults and the overrides; no file is read. */
  public Settings withoutFile(Map<String, String> overrides) {
    return judged(List.of(), COMMAND_LINE, overrides, new ArrayList<>());
  }

  /**
   * What could be read, and what could not.
   *
   * @param settings with the default for each that has a problem
   * @param problems in the order they stand in the file
   */
  record Reading(Settings settings, List<Problem> problems) {

    Reading {
      problems = List.copyOf(problems);
    }
  }

  /** Reads as far as possible; with no file, the defaults and the overrides. */
  Reading readAll(@Nullable Path file, Map<String, String> overrides) {
    List<Problem> problems = new ArrayList<>();
    return file == null
        ? reading(List.of(), COMMAND_LINE, overrides, problems)
        : reading(properties(file, problems), file.toString(), overrides, problems);
  }

  private Settings judged(
      List<Property> properties,
      String file,
      Map<String, String> overrides,
      List<Problem> problems) {
    Reading reading = reading(properties, file, overrides, problems);
    if (!reading.problems().isEmpty()) {
      throw new ProblemsException(FailureCode.CONFIGURATION, reading.problems());
    }
    return reading.settings();
  }

  private Reading reading(
      List<Property> properties,
      String file,
      Map<String, String> overrides,
      List<Problem> problems) {
    SettingsDraft draft = new SettingsDraft(base, problems);
    properties.forEach(property -> draft.put(property, file));
    draft.forgetLines();
    overrides.forEach((key, value) -> draft.put(new Property(key, value, 0), COMMAND_LINE));
    draft.judgeTogether();
    try {
      return new Reading(Settings.of(draft.texts(), draft.passThrough(), version), problems);
    } catch (IllegalArgumentException together) {
      problems.add(new Problem(file, 0, String.valueOf(together.getMessage())));
      throw new ProblemsException(FailureCode.CONFIGURATION, problems);
    }
  }

  private static List<Property> properties(Path file, List<Problem> problems) {
    try {
      return PropertyLines.read(file);
    } catch (MalformedLine e) {
      String message = "expected four hexadecimal digits behind '\\u', found others";
      problems.add(new Problem(file.toString(), e.line(), message));
    } catch (CharacterCodingException e) {
      problems.add(new Problem(file.toString(), 0, "expected UTF-8 text, found other bytes"));
    } catch (IOException e) {
      problems.add(
          new Problem(file.toString(), 0, "expected a readable file, found " + Found.reading(e)));
    }
    return List.of();
  }
}

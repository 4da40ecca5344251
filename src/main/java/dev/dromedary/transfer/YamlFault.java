package dev.dromedary.transfer;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a parser of YAML refuses, in words for a user. Pure. */
public final class YamlFault {

  private static final Pattern WANTED =
      Pattern.compile("expected (.*?),? but (?:found|got) (.*)", Pattern.DOTALL);
  private static final String INDENTED = "a line indented differently from those of the same block";

  /** What stands where a block should have ended, as SnakeYAML calls it. */
  private static final Map<String, String> INSTEAD =
      Map.of(
          "'<block mapping start>'",
          INDENTED,
          "'<block sequence start>'",
          INDENTED,
          "'-'",
          "an item of a list among keys",
          "'?'",
          "a key among items of a list");

  private YamlFault() {}

  /**
   * Returns what was found where YAML was expected.
   *
   * @param problem as SnakeYAML tells it
   */
  public static String of(String problem) {
    String line = problem.strip().replaceAll("\\s+", " ");
    Matcher wanted = WANTED.matcher(line);
    if (!wanted.matches()) {
      return "expected YAML, " + line;
    }
    String found = wanted.group(2);
    boolean isBlock = wanted.group(1).matches("<block end>|'<document start>'");
    return "expected YAML, found "
        + (isBlock && INSTEAD.containsKey(found)
            ? INSTEAD.get(found)
            : (found.length() == 1 ? "'" + found + "'" : found)
                + " in place of "
                + wanted.group(1));
  }
}

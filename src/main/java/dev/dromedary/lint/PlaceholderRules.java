package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every placeholder is a known key or a variable that is set, also in the values of the keys that
 * routes and Camel read.
 */
final class PlaceholderRules {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)\\}\\}");
  private static final String OURS = "dromedary.";
  private static final String VARIABLE = "env:";

  private final Surroundings surroundings;
  private final Consumer<Problem> problems;
  private final Set<String> judged = new HashSet<>();

  PlaceholderRules(Surroundings surroundings, Consumer<Problem> problems) {
    this.surroundings = surroundings;
    this.problems = problems;
  }

  void judge(Element element) {
    judge(element.text().orElse(""), element::problem);
  }

  /** Judges the keys that are read whatever the routes say. */
  void judgeKeysOfCamel() {
    surroundings.settings().keySet().stream()
        .filter(key -> key.startsWith("camel."))
        .forEach(this::judgeSetting);
  }

  private void judgeSetting(String key) {
    if (judged.add(key)) {
      judge(
          surroundings.settings().getOrDefault(key, ""),
          message -> surroundings.atSetting().apply(key, key + ": " + message));
    }
  }

  private void judge(String text, Function<String, Problem> place) {
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      judgePlaceholder(placeholder.group(1).strip(), place);
    }
  }

  /** What has a default or is optional can be anything, but a key of ours is known or misspelt. */
  private void judgePlaceholder(String written, Function<String, Problem> place) {
    if (written.startsWith(VARIABLE)) {
      judgeVariable(written.substring(VARIABLE.length()), place);
      return;
    }
    String key = written.replaceFirst("^[?!]", "").split(":", 2)[0];
    boolean mayBeAbsent = written.contains(":") || written.startsWith("?");
    Set<String> keys = surroundings.settings().keySet();
    if (keys.contains(key)) {
      judgeSetting(key);
    } else if (!mayBeAbsent || key.startsWith(OURS)) {
      problems.accept(
          place.apply(
              "placeholder '{{"
                  + written
                  + "}}': expected a known setting or a key of the properties file"
                  + NearestName.hint(key, keys)));
    }
  }

  private void judgeVariable(String name, Function<String, Problem> place) {
    if (!name.contains(":") && !surroundings.variables().test(name)) {
      problems.accept(
          place.apply(
              "variable '"
                  + name
                  + "': expected it in the environment, found none; set it, or write {{env:"
                  + name
                  + ":VALUE}} for a value without it"));
    }
  }
}

package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every placeholder is a known key. */
final class PlaceholderRules {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)\\}\\}");
  private static final String OURS = "dromedary.";

  private final Set<String> keys;
  private final Consumer<Problem> problems;

  PlaceholderRules(Set<String> keys, Consumer<Problem> problems) {
    this.keys = keys;
    this.problems = problems;
  }

  void judge(Element element) {
    Matcher placeholder = PLACEHOLDER.matcher(element.text().orElse(""));
    while (placeholder.find()) {
      judge(element, placeholder.group(1).strip());
    }
  }

  /** What has a default or is optional can be anything, but a key of ours is known or misspelt. */
  private void judge(Element element, String written) {
    String key = written.replaceFirst("^[?!]", "").split(":", 2)[0];
    boolean mayBeAbsent = written.contains(":") || written.startsWith("?");
    if (keys.contains(key) || (mayBeAbsent && !key.startsWith(OURS))) {
      return;
    }
    problems.accept(
        element.problem(
            "placeholder '{{"
                + written
                + "}}': expected a known setting or a key of the properties file"
                + NearestName.hint(key, keys)));
  }
}

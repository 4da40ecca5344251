package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Camel says of what it refuses, as what was expected and what was found. Pure. */
public final class CamelWords {

  private static final Pattern NO_COMPONENT =
      Pattern.compile("No endpoint could be found for: ([^\\s:]+)://([^\\s,]+),.*");
  private static final List<String> COMPONENTS =
      List.of("bean", "direct", "file", "http", "https", "log", "part-file", "quartz", "seda");

  private static final Pattern UNKNOWN_OPTIONS =
      Pattern.compile(
          "Failed to resolve endpoint: ([^\\s:]+):(?://)?([^\\s?]*)\\S* due to:.*"
              + "Unknown parameters=\\[\\{([^=]+)=.*");

  /** Messages with what is said instead. */
  private static final Map<Pattern, String> OTHERS = others();

  private CamelWords() {}

  /** Returns a message of one line in our words, or as it is where it is none that is known. */
  public static String of(String message) {
    return of(message, scheme -> Optional.empty());
  }

  /**
   * Returns the same; {@code options} finds those of a scheme of endpoints, where it knows them.
   */
  static String of(String message, Function<String, Optional<EndpointOptions>> options) {
    Matcher component = NO_COMPONENT.matcher(message);
    if (component.matches()) {
      return noComponent(component.group(1) + ":" + component.group(2));
    }
    Matcher option = UNKNOWN_OPTIONS.matcher(message);
    if (option.matches()) {
      return noOption(
          option.group(3),
          option.group(1) + ":" + option.group(2),
          options.apply(option.group(1)).map(EndpointOptions::names).orElse(Set.of()));
    }
    for (Map.Entry<Pattern, String> other : OTHERS.entrySet()) {
      Matcher known = other.getKey().matcher(message);
      if (known.matches()) {
        return known.replaceFirst(other.getValue());
      }
    }
    return message;
  }

  static String noComponent(String uri) {
    return "uri '"
        + shown(uri)
        + "': expected a component of Camel that is there"
        + NearestName.hint(uri.split(":", 2)[0], COMPONENTS);
  }

  /** Without user information and query, be it as Camel tells a URI or as it is written. */
  private static String shown(String uri) {
    return uri.replaceFirst("(?s)\\?.+", "?…").replaceFirst("(?s)^([^:]+:)(//)?(.*@)?", "$1");
  }

  static String noOption(String written, String address, Set<String> known) {
    return "option '"
        + written
        + "': expected an option of "
        + shown(address)
        + NearestName.hint(written, known);
  }

  private static Map<Pattern, String> others() {
    Map<Pattern, String> words = new LinkedHashMap<>();
    words.put(
        Pattern.compile("Unknown function: (\\S+).*"),
        "expected a function of the simple language, found '$1'");
    words.put(Pattern.compile("expected (.+) but was (.+)"), "expected $1, found $2");
    words.put(
        Pattern.compile("Cannot convert the String value: (.*) to type: boolean as .*"),
        "expected true or false, found '$1'");
    words.put(
        Pattern.compile("No enum constant (?:\\S+\\.)?(\\w+)\\.([^.\\s]+)"),
        "expected a $1, found '$2'");
    words.put(Pattern.compile("For input string: \"(.*)\".*"), "expected a number, found '$1'");
    words.put(
        Pattern.compile("java\\.lang\\.ClassNotFoundException: (\\S+)"),
        "class '$1': expected one that is there, found none");
    return words;
  }
}

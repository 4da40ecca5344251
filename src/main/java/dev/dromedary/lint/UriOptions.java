package dev.dromedary.lint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options in the query of an endpoint's URI, as far as their text tells. Pure. */
final class UriOptions {

  private static final String PLACEHOLDER = "\\{\\{[^}]*\\}\\}";
  private static final Pattern QUERY =
      Pattern.compile("(?:" + PLACEHOLDER + "|[^?])*\\?(.*)", Pattern.DOTALL);
  private static final Pattern OPTION =
      Pattern.compile(
          "(?:^|&)([^=&{}]+)="
              + ("(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?\\}(?=&|$)|(?:" + PLACEHOLDER + "|[^&])*)"));

  /** What only Camel knows the value of: a reference, a text taken as it is, a placeholder. */
  private static final Pattern UNKNOWN = Pattern.compile("#.*|RAW[({].*|.*\\{\\{.*");

  private record Option(String name, String value) {}

  private UriOptions() {}

  /** Returns what is wrong with the options, in their order. */
  static List<String> problems(String uri, String address, EndpointOptions known) {
    List<String> problems = new ArrayList<>();
    for (Option option : written(uri)) {
      if (!known.has(option.name) && !known.isLenient()) {
        problems.add(CamelWords.noOption(option.name, address, known.names()));
      } else if (!UNKNOWN.matcher(option.value).matches()) {
        known
            .types()
            .apply(option.name)
            .flatMap(type -> OptionValue.problem(type, option.value))
            .map(why -> "option '" + option.name + "': " + why)
            .ifPresent(problems::add);
      }
    }
    return problems;
  }

  private static List<Option> written(String uri) {
    Matcher query = QUERY.matcher(uri);
    if (!query.matches()) {
      return List.of();
    }
    return OPTION
        .matcher(query.group(1))
        .results()
        .map(found -> new Option(decoded(found.group(1)), decoded(found.group(2))))
        .toList();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}

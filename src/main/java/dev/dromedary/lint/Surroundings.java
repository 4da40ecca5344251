package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What routes may name.
 *
 * @param beans the type of every bean, by name
 * @param settings the value of every placeholder, by key
 * @param atSetting makes a problem of a placeholder's value where it is written, of its key and a
 *     message
 * @param components tells whether Camel has a component of that scheme
 * @param variables tells whether a variable of the environment is there for Camel
 * @param options finds the options of a kind of endpoint by its scheme, if they are known
 * @param cron finds what is wrong with a cron expression, if anything
 */
public record Surroundings(
    Map<String, Class<?>> beans,
    Map<String, String> settings,
    BiFunction<String, String, Problem> atSetting,
    Predicate<String> components,
    Predicate<String> variables,
    Function<String, Optional<EndpointOptions>> options,
    Function<String, Optional<String>> cron) {

  private static final Pattern WHOLE = Pattern.compile("\\{\\{([^{}:?]+)\\}\\}");

  public Surroundings {
    beans = Map.copyOf(beans);
    settings = Map.copyOf(settings);
  }

  /** Returns the key of the setting that a text is nothing but. */
  Optional<String> setting(String written) {
    Matcher whole = WHOLE.matcher(written.strip());
    return whole.matches()
        ? Optional.of(whole.group(1).strip()).filter(settings::containsKey)
        : Optional.empty();
  }

  /** Returns the text, or the value of the setting that it is nothing but. */
  String resolved(String written) {
    return setting(written).map(settings::get).orElse(written);
  }
}

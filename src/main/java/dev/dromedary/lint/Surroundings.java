package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

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
 */
public record Surroundings(
    Map<String, Class<?>> beans,
    Map<String, String> settings,
    BiFunction<String, String, Problem> atSetting,
    Predicate<String> components,
    Predicate<String> variables,
    Function<String, Optional<EndpointOptions>> options) {

  public Surroundings {
    beans = Map.copyOf(beans);
    settings = Map.copyOf(settings);
  }
}

package dev.dromedary.lint;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What routes may name.
 *
 * @param beans the type of every bean, by name
 * @param settings the value of every placeholder, by key
 * @param options finds the options of a kind of endpoint by its scheme, if they are known
 */
public record Surroundings(
    Map<String, Class<?>> beans,
    Map<String, String> settings,
    Function<String, Optional<EndpointOptions>> options) {

  public Surroundings {
    beans = Map.copyOf(beans);
    settings = Map.copyOf(settings);
  }
}

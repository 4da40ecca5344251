package dev.dromedary.lint;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The options of one kind of endpoint.
 *
 * @param names as they are written, in any case
 * @param prefixes of names that are free behind them, such as {@code trigger.}
 * @param types finds the type of the values of an option by its name, if it is known
 * @param isLenient whether a name that is none of these has a meaning all the same
 */
public record EndpointOptions(
    Set<String> names,
    Set<String> prefixes,
    Function<String, Optional<Class<?>>> types,
    boolean isLenient) {

  public EndpointOptions {
    names = Set.copyOf(names);
    prefixes = Set.copyOf(prefixes);
  }

  boolean has(String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase)
        || prefixes.stream().anyMatch(name::startsWith);
  }
}

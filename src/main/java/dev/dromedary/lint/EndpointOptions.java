package dev.dromedary.lint;

import java.util.Set;

/**
 * The options of one kind of endpoint.
 *
 * @param names as they are written
 * @param prefixes of names that are free behind them, such as {@code trigger.}
 */
public record EndpointOptions(Set<String> names, Set<String> prefixes) {

  public EndpointOptions {
    names = Set.copyOf(names);
    prefixes = Set.copyOf(prefixes);
  }

  boolean has(String name) {
    return names.contains(name) || prefixes.stream().anyMatch(name::startsWith);
  }
}

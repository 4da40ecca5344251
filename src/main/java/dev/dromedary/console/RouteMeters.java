package dev.dromedary.console;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.ObjectName;

/**
 * What Camel counts for each route, for the routes that are loaded when somebody looks.
 * Thread-safe.
 */
final class RouteMeters {

  private static final ObjectName ROUTES = Beans.name("org.apache.camel:type=routes,*");

  private final MeterRegistry registry;
  private final Beans beans;
  private final Map<ObjectName, List<Meter>> known = new HashMap<>();

  RouteMeters(MeterRegistry registry, Beans beans) {
    this.registry = registry;
    this.beans = beans;
  }

  /** Takes in routes that are new and leaves out those that are gone. */
  synchronized void refresh() {
    Set<ObjectName> now = beans.names(ROUTES);
    Set<ObjectName> gone = new HashSet<>(known.keySet());
    gone.removeAll(now);
    gone.forEach(route -> known.remove(route).forEach(registry::remove));
    now.forEach(route -> known.computeIfAbsent(route, this::meters));
  }

  private List<Meter> meters(ObjectName route) {
    return List.of(
        counter(route, "exchanges", "ExchangesTotal", "Exchanges a route has ended."),
        counter(route, "exchanges.failed", "ExchangesFailed", "Exchanges that failed in a route."),
        Gauge.builder(
                "camel.route.exchanges.inflight", beans, b -> b.number(route, "ExchangesInflight"))
            .description("Exchanges in a route.")
            .tag("route", name(route))
            .register(registry),
        FunctionCounter.builder(
                "camel.route.processing.seconds",
                beans,
                b -> b.number(route, "TotalProcessingTime") / 1000)
            .description("The time a route has spent on exchanges.")
            .tag("route", name(route))
            .register(registry));
  }

  private Meter counter(ObjectName route, String name, String attribute, String description) {
    return FunctionCounter.builder("camel.route." + name, beans, b -> b.number(route, attribute))
        .description(description)
        .tag("route", name(route))
        .register(registry);
  }

  private static String name(ObjectName route) {
    String name = route.getKeyProperty("name");
    return name.startsWith("\"") ? ObjectName.unquote(name) : name;
  }
}

package dev.dromedary.console;

import dev.dromedary.observe.ServiceMXBean;
import dev.dromedary.transfer.ByteSize;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * Why the service would not take work now, and what is wrong else, read from its beans.
 * Thread-safe.
 */
final class Readiness {

  private static final ObjectName SERVICE = Beans.name(ServiceMXBean.NAME);
  private static final ObjectName ROUTES = Beans.name("org.apache.camel:type=routes,*");

  private final Beans beans;

  Readiness(Beans beans) {
    this.beans = beans;
  }

  /** Returns a reason each; none when it is ready. */
  List<String> reasons() {
    if (!beans.has(SERVICE)) {
      return List.of("the service is starting or stopping");
    }
    List<String> reasons = new ArrayList<>();
    if (beans.attribute(SERVICE, "Draining").filter(Boolean.TRUE::equals).isPresent()) {
      reasons.add("the service drains: it finishes what runs and takes nothing new");
    }
    double free = beans.number(SERVICE, "DiskFreeBytes");
    double reserved = beans.number(SERVICE, "DiskReservedBytes");
    if (free < reserved) {
      reasons.add(
          "the disk is short: "
              + ByteSize.format((long) free)
              + " free, "
              + ByteSize.format((long) reserved)
              + " still needed by what runs");
    }
    reasons.addAll(told("LostFiles", " "));
    beans
        .attribute(SERVICE, "PollFailure")
        .map(String::valueOf)
        .filter(why -> !why.isEmpty())
        .ifPresent(why -> reasons.add("polls fail: " + why));
    beans.names(ROUTES).stream()
        .map(this::stopped)
        .flatMap(List::stream)
        .sorted()
        .forEach(reasons::add);
    return reasons;
  }

  /** Returns what an operator should look at although it takes work. */
  List<String> warnings() {
    return told("RefusedFiles", " is refused and holds as it was: ");
  }

  private List<String> told(String attribute, String between) {
    Object told = beans.attribute(SERVICE, attribute).orElse(null);
    return told instanceof TabularData files
        ? files.values().stream()
            .map(CompositeData.class::cast)
            .map(file -> file.get("key") + between + file.get("value"))
            .toList()
        : List.of();
  }

  private List<String> stopped(ObjectName route) {
    String state = String.valueOf(beans.attribute(route, "State").orElse("Started"));
    return state.equals("Started")
        ? List.of()
        : List.of("route " + ObjectName.unquote(route.getKeyProperty("name")) + " is " + state);
  }
}

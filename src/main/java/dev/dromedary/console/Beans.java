package dev.dromedary.console;

import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;

/** Reads attributes of beans that may come and go. Thread-safe. */
final class Beans {

  private final MBeanServer server;

  Beans(MBeanServer server) {
    this.server = server;
  }

  /** Makes a name of one that is surely well-formed. */
  static ObjectName name(String text) {
    try {
      return ObjectName.getInstance(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(text + ": expected the name of a bean", e);
    }
  }

  /** Returns an attribute; nothing when there is no such bean, attribute or value. */
  Optional<Object> attribute(ObjectName name, String attribute) {
    try {
      return Optional.ofNullable(server.getAttribute(name, attribute));
    } catch (JMException | JMRuntimeException e) {
      return Optional.empty();
    }
  }

  /** Returns an attribute that is a number; NaN when there is none. */
  double number(ObjectName name, String attribute) {
    return attribute(name, attribute)
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).doubleValue())
        .orElse(Double.NaN);
  }

  /** Returns how many entries an attribute has that is a table or an array; NaN else. */
  double size(ObjectName name, String attribute) {
    Object value = attribute(name, attribute).orElse(null);
    if (value instanceof Object[] array) {
      return array.length;
    }
    return value instanceof TabularData table ? table.size() : Double.NaN;
  }

  /** Returns the names that a pattern covers. */
  Set<ObjectName> names(ObjectName pattern) {
    return server.queryNames(pattern, null);
  }

  /** Says whether a bean is there. */
  boolean has(ObjectName name) {
    return server.isRegistered(name);
  }
}

package dev.dromedary.app;

import dev.dromedary.lint.EndpointOptions;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.quartz.impl.JobDetailImpl;
import org.quartz.impl.triggers.CronTriggerImpl;
import org.quartz.impl.triggers.SimpleTriggerImpl;

/**
 * What may stand behind {@code trigger.} and {@code job.} in the options of {@code quartz:}. Camel
 * sets what it finds a setter for and passes over the rest. Stateless.
 */
final class QuartzOptions {

  private static final String TRIGGER = "trigger.";
  private static final String JOB = "job.";

  private QuartzOptions() {}

  /** Returns the options of {@code quartz:} with every name behind the prefixes spelt out. */
  static EndpointOptions spelt(EndpointOptions known) {
    Set<String> names = new HashSet<>(known.names());
    // Camel reads these two itself.
    names.add(TRIGGER + "startAt");
    names.add(TRIGGER + "endAt");
    addSettersOf(SimpleTriggerImpl.class, TRIGGER, names);
    addSettersOf(CronTriggerImpl.class, TRIGGER, names);
    addSettersOf(JobDetailImpl.class, JOB, names);
    Set<String> free = Set.of(TRIGGER + "jobDataMap.", JOB + "jobDataMap.");
    return new EndpointOptions(names, free, known.types(), known.isLenient());
  }

  private static void addSettersOf(Class<?> type, String prefix, Set<String> names) {
    for (Method method : type.getMethods()) {
      String name = method.getName();
      if (name.matches("set[A-Z].*") && method.getParameterCount() == 1) {
        names.add(prefix + Character.toLowerCase(name.charAt(3)) + name.substring(4));
      }
    }
  }
}

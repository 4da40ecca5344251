package dev.dromedary.demo;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/** The faults still to come for one path. Thread-safe. */
final class Script {

  private static final Fault NONE = new Fault.None();

  private final Queue<Fault> queue = new ArrayDeque<>();
  private Fault afterwards = NONE;

  synchronized void add(Collection<Fault> faults) {
    queue.addAll(faults);
  }

  synchronized void afterwards(Fault fault) {
    afterwards = fault;
  }

  synchronized Fault next() {
    Fault next = queue.poll();
    return next == null ? afterwards : next;
  }
}

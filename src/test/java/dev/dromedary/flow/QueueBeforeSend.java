package dev.dromedary.flow;

import java.util.concurrent.atomic.AtomicInteger;

/** What a test puts into the routes before their queue, which is away as long as the test wants. */
public final class QueueBeforeSend {

  private static final AtomicInteger REFUSED = new AtomicInteger();
  private static volatile boolean isAway;

  /** Puts it before the queue of transfers in both routes that send to it. */
  static void in(Flow prepared) {
    insert(prepared, "poll-sources", "queue", 20);
    insert(prepared, "wake-waiting", "queue-again", 14);
  }

  private static void insert(Flow prepared, String route, String id, int indent) {
    String send = ("- to:\n    id: " + id + "\n").indent(indent);
    String step =
        """
        - bean:
            id: before
            beanType: dev.dromedary.flow.QueueBeforeSend
            method: requireHere
        """;
    prepared.editRoute(route, send, step.indent(indent) + send);
  }

  /** Lets the queue be away from now on. */
  static void away() {
    REFUSED.set(0);
    isAway = true;
  }

  /** Lets it take messages again. */
  static void back() {
    isAway = false;
  }

  /** Returns how many messages it has refused since it went away. */
  static int refused() {
    return REFUSED.get();
  }

  /** Refuses the message while the queue is away. */
  public void requireHere() {
    if (isAway) {
      REFUSED.incrementAndGet();
      throw new IllegalStateException("the queue is away");
    }
  }
}

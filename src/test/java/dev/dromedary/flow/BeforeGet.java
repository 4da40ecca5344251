package dev.dromedary.flow;

import java.util.concurrent.atomic.AtomicReference;

/** What a test puts into a route before a request is made, to do something at that moment. */
public final class BeforeGet {

  private static final AtomicReference<Runnable> NEXT = new AtomicReference<>(() -> {});

  private static final String GET =
      """
                          - to:
                              id: get
      """;
  private static final String BEFORE =
      """
                          - bean:
                              id: before
                              beanType: dev.dromedary.flow.BeforeGet
                              method: act
      """;

  /** Puts it into the route that fetches parts. */
  static void in(Flow prepared) {
    prepared.editRoute("fetch-part", GET, BEFORE + GET);
  }

  /** Lets something happen before the next request, once. */
  static void once(Runnable action) {
    NEXT.set(action);
  }

  /** Does what a test wants to happen now. */
  public void act() {
    NEXT.getAndSet(() -> {}).run();
  }
}

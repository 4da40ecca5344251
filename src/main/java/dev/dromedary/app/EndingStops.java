package dev.dromedary.app;

import java.util.concurrent.CancellationException;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.ShutdownStrategy;

/**
 * How Camel stops routes, but that a stop which took too long is over when it is forced.
 *
 * <p>Camel interrupts the task that waits for the exchanges under way, stops the route itself, and
 * lets that task go on: where the route is started again meanwhile, the task stops it once more, or
 * its steps, and it does nothing any more though it is said to be started.
 *
 * <p>Thread-safe.
 */
final class EndingStops extends DefaultShutdownStrategy {

  private EndingStops(CamelContext context) {
    super(context);
  }

  /** Takes the place of the strategy of a context, with what is set of it. */
  static void in(CamelContext context) {
    ShutdownStrategy before = context.getShutdownStrategy();
    EndingStops stops = new EndingStops(context);
    stops.setTimeout(before.getTimeout());
    stops.setTimeUnit(before.getTimeUnit());
    stops.setShutdownNowOnTimeout(before.isShutdownNowOnTimeout());
    stops.setShutdownRoutesInReverseOrder(before.isShutdownRoutesInReverseOrder());
    stops.setSuppressLoggingOnTimeout(before.isSuppressLoggingOnTimeout());
    stops.setLogInflightExchangesOnTimeout(before.isLogInflightExchangesOnTimeout());
    context.setShutdownStrategy(stops);
  }

  /** Says whether the current thread is that of a stop that was broken off. */
  static boolean isBrokenOff() {
    return Thread.currentThread().isInterrupted();
  }

  @Override
  protected void shutdownNow(String routeId, Consumer consumer) {
    requireGoesOn(routeId);
    super.shutdownNow(routeId, consumer);
  }

  @Override
  protected void suspendNow(String routeId, Consumer consumer) {
    requireGoesOn(routeId);
    super.suspendNow(routeId, consumer);
  }

  private static void requireGoesOn(String routeId) {
    if (isBrokenOff()) {
      throw new CancellationException("route " + routeId + ": its stop was forced meanwhile");
    }
  }
}

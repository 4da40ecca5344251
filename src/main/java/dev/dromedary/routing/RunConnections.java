package dev.dromedary.routing;

import dev.dromedary.origin.OriginSlots;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;

/**
 * The connections that one transfer is granted by the hosts it asks, which grant them to all
 * transfers together. Thread-safe.
 */
final class RunConnections {

  private static final long LOOK_MILLIS = 100;

  private final TransferRun run;
  private final OriginSlots slots;
  private final SourceCatalog catalog;

  RunConnections(TransferRun run, TransferServices services) {
    this.run = run;
    this.slots = services.slots();
    this.catalog = services.catalog();
  }

  /**
   * Waits a moment for its turn; returns whether a connection was granted.
   *
   * @throws DromedaryException {@link FailureCode#SOURCE_EDITED} when the list names the source
   *     otherwise by now, so that this host may be none of its
   */
  boolean await(String host) throws InterruptedException {
    if (slots.acquire(host, run.record().id(), LOOK_MILLIS)) {
      return true;
    }
    run.progress().awaitsConnection(host);
    if (catalog.isEdited(run.source())) {
      throw new DromedaryException(
          FailureCode.SOURCE_EDITED,
          "source " + run.source().id() + ": edited while it waited for a connection");
    }
    return false;
  }

  /** Takes one that is free; returns whether there was one. */
  boolean take(String host) {
    return slots.tryAcquire(host, run.record().id());
  }

  /** Gives one back. */
  void giveBack(String host) {
    slots.release(host, run.record().id());
  }

  /** Gives back the one that is held, if one is. */
  void giveBack(ConnectionHolder holder) {
    String held = holder.slot();
    holder.holds(null);
    if (held != null) {
      giveBack(held);
    }
  }

  /**
   * Waits for one of the host that is asked next, as where a redirect leads, in place of the one
   * that is held.
   *
   * @param requireGoesOn throws where it is not to be waited for any longer
   */
  void move(ConnectionHolder holder, String host, Runnable requireGoesOn)
      throws InterruptedException {
    if (host.equals(holder.slot())) {
      return;
    }
    giveBack(holder);
    requireGoesOn.run();
    while (!slots.acquire(host, run.record().id(), LOOK_MILLIS)) {
      if (!holder.hasOthers()) {
        run.progress().awaitsConnection(host);
      }
      requireGoesOn.run();
    }
    run.progress().hasConnection();
    holder.holds(host);
  }

  /** Notes that its host sends the body of a part. */
  void serves(Part part) {
    slots.serves(part.host());
  }

  /** Notes that such a body has ended. */
  void servesNoMore(Part part) {
    slots.servesNoMore(part.host());
  }
}

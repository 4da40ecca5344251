package dev.dromedary.routing;

import dev.dromedary.ledger.Ledger;
import dev.dromedary.ledger.LedgerConflictException;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.TransferState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends transfers and queues them again on an operator's wish. Thread-safe. */
public final class TransferControl {

  /** Why a transfer ended, where its failure code would stand. */
  static final String REASON = "cancelled by an operator";

  private static final int LOOKS = 50;
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Ledger ledger;
  private final SourceCatalog catalog;
  private final WaitingRoom waiting;
  private final HostBreakers breakers;
  private final OpenRuns runs;
  private final TransferEvents events;
  private final LeftCopies copies;

  /** Creates the control. */
  public TransferControl(TransferServices services, OpenRuns runs, TransferEvents events) {
    this.ledger = services.ledger();
    this.catalog = services.catalog();
    this.waiting = services.waiting();
    this.breakers = services.breakers();
    this.runs = runs;
    this.events = events;
    this.copies = new LeftCopies(services.limits().landing());
  }

  /**
   * Ends a transfer that has not ended. One that runs may take a moment; its part file is kept.
   *
   * @return why it was left as it is; empty when it ends
   */
  public Optional<String> cancel(String transferId) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<TransferRecord> found = ledger.transfer(transferId);
      if (found.isEmpty()) {
        return Optional.of("is not in the ledger");
      }
      TransferState state = found.get().state();
      if (state.isTerminal() || state == TransferState.DELIVERING) {
        return Optional.of("is " + state.word());
      }
      if (runs.cancel(transferId) || endsInTheLedger(found.get())) {
        return Optional.empty();
      }
      // a worker has just claimed it, or is just leaving it
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
    return endsWhenItIsWoken(transferId)
        ? Optional.empty()
        : Optional.of("changes hands; try again");
  }

  /** What rests and could not be recorded so ends as a worker does it, which it comes to now. */
  private boolean endsWhenItIsWoken(String transferId) {
    return waiting.runOf(transferId).map(TransferRun::cancel).orElse(false)
        && waiting.wake(transferId);
  }

  private boolean endsInTheLedger(TransferRecord idle) {
    if (idle.state() != TransferState.QUEUED && idle.state() != TransferState.RETRYING) {
      return false;
    }
    try {
      TransferRecord ended = ledger.cancelled(idle, idle.cancelled(REASON));
      waiting.leave(idle.id());
      events.ended(ended);
      return true;
    } catch (LedgerConflictException justChanged) {
      return false;
    }
  }

  /**
   * Takes a dead letter off the list, with what its delivery left in the landing zone; what it kept
   * in staging is its next transfer's.
   *
   * @return whether it was on the list
   */
  public boolean discard(TransferRecord letter) {
    return copies.discard(ledger.forOperators(), letter);
  }

  /**
   * Puts a failed or cancelled transfer back into the queue of the ledger; the next poll takes it
   * from there. One that waits for its next attempt makes it now. Neither does where the source has
   * left the list, as it is at this moment. Where the host rests, its rest is over for all.
   *
   * @return why it was left as it is; empty when it is tried again
   */
  public Optional<String> retry(TransferRecord ended) {
    TransferState state = ended.state();
    boolean waits = !state.isTerminal() && waiting.holds(ended.id());
    boolean isOver = state == TransferState.FAILED || state == TransferState.CANCELLED;
    if ((waits || isOver) && hasLeftTheList(ended.sourceId())) {
      String left = "its source " + ended.sourceId() + " has left the source list";
      return Optional.of(waits ? left + "; it ends instead of its next attempt" : left);
    }
    if (waits || isOver) {
      endRest(ended);
    }
    if (waits && waiting.wake(ended.id())) {
      return Optional.empty();
    }
    if (!isOver) {
      return Optional.of(nothingToRetry(state));
    }
    try {
      ledger.replay(ended.id());
      return Optional.empty();
    } catch (LedgerConflictException busy) {
      return Optional.of("another transfer of its source is under way");
    }
  }

  private void endRest(TransferRecord retried) {
    catalog
        .find(retried.sourceId())
        .ifPresent(source -> source.urls().stream().map(Mirror::host).forEach(breakers::endRest));
  }

  private static String nothingToRetry(TransferState state) {
    String told = "is " + state.word() + ", so there is nothing to retry";
    return state.isTerminal() ? told + "; poll its source to ask the server now" : told + " yet";
  }

  private boolean hasLeftTheList(String sourceId) {
    catalog.refreshNow();
    return catalog.find(sourceId).isEmpty();
  }
}

package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.RESTS;
import static dev.dromedary.routing.TransferProperties.TRANSFER;
import static dev.dromedary.routing.TransferProperties.TRANSFER_ID;
import static dev.dromedary.routing.TransferProperties.required;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * The steps that send transfers to the {@link WaitingRoom} and call them back; the latter are those
 * of the route {@code wake-waiting}. Thread-safe.
 */
public final class RestSteps {

  private final TransferServices services;
  private final TransferRuns runs;
  private final Shortages shortages;

  /** Creates the steps. */
  public RestSteps(TransferServices services, TransferRuns runs, TransferEvents events) {
    this.services = services;
    this.runs = runs;
    this.shortages = new Shortages(services, events);
  }

  /** Sends a transfer to wait for its next attempt, without a consumer and with its file closed. */
  public void rest(Exchange exchange) {
    String id = required(exchange, TRANSFER_ID, String.class);
    Duration wait = required(exchange, RESTS, Duration.class);
    TransferRun run = exchange.getProperty(TRANSFER, TransferRun.class);
    services.waiting().enter(id, wait, run);
    if (run == null) {
      return;
    }
    runs.close(run);
    if (run.record().state().isTerminal()) {
      services.waiting().leave(id);
      exchange.removeProperty(RESTS);
    }
  }

  /** Leaves as body the ids of the transfers whose time to wait is over. */
  public void rested(Exchange exchange) {
    List<String> due = services.stop().takesNew() ? services.waiting().due() : List.of();
    try {
      List<String> rested = due.stream().filter(id -> !waitsOn(id)).toList();
      exchange.getMessage().setHeaders(new HashMap<>());
      exchange.getMessage().setBody(rested);
    } catch (RuntimeException e) {
      due.forEach(id -> services.waiting().comeAgain(id, Duration.ZERO));
      throw e;
    }
  }

  /**
   * Lets a transfer that is called wait again when it could not be queued, or when its route stops
   * and gives it back unread.
   */
  public void call(Exchange exchange) {
    String id = Objects.requireNonNull(exchange.getMessage().getBody(String.class));
    exchange.setProperty(TransferProperties.CALLED, Boolean.TRUE);
    QueuedMessage.ifRejected(exchange, () -> services.waiting().comeAgain(id, Duration.ZERO));
  }

  /** While it lacks still what it waits for, nobody is asked: the transfer just waits on. */
  private boolean waitsOn(String transferId) {
    TransferRun run = services.waiting().runOf(transferId).orElse(null);
    FailureDecision last = run == null ? null : run.tries().decision();
    if (run == null || last == null || !Shortages.isOne(last.failure().code())) {
      return false;
    }
    if (services.catalog().asksOtherwise(run.source())) {
      return false;
    }
    TransferLimits.Room room = services.limits().room();
    Duration waited = run.tries().waitedForRoom(services.nanoClock().getAsLong());
    boolean mayWait = waited.compareTo(room.longest()) < 0;
    if (!mayWait || !shortages.lasts(run, last.failure().code())) {
      return false;
    }
    run.progress().retryAt(services.clock().instant().plus(room.interval()));
    services.waiting().enter(transferId, room.interval(), run);
    return true;
  }
}

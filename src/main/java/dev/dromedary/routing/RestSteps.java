package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.RESTS;
import static dev.dromedary.routing.TransferProperties.TRANSFER;
import static dev.dromedary.routing.TransferProperties.TRANSFER_ID;
import static dev.dromedary.routing.TransferProperties.required;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The steps that send transfers to the {@link WaitingRoom} and call them back; the latter are those
 * of the route {@code wake-waiting}. Thread-safe.
 */
public final class RestSteps {

  /**
   * How long whoever would ask a host too waits for what it answers to another. Shorter than any
   * rest, or the next one might be over each time, and nobody but the one that asks would meet it.
   */
  private static final Duration PROBE = Duration.ofMillis(500);

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
      return;
    }
    String host = services.waiting().restingHost(id).orElse(null);
    if (host != null && !services.breakers().isResting(host)) {
      services.waiting().wake(id);
    }
  }

  /** Leaves as body the ids of the transfers whose time to wait is over. */
  public void rested(Exchange exchange) {
    List<String> due = services.stop().takesNew() ? services.waiting().due() : List.of();
    try {
      Set<String> asked = new HashSet<>();
      List<String> rested =
          due.stream().filter(id -> !lacksStill(id) && !awaitsProbe(id, asked)).toList();
      exchange.getMessage().setHeaders(new HashMap<>());
      exchange.getMessage().setBody(rested);
    } catch (RuntimeException | OutOfMemoryError e) {
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
  private boolean lacksStill(String transferId) {
    TransferRun run = services.waiting().runOf(transferId).orElse(null);
    FailureDecision last = run == null ? null : run.tries().decision();
    if (run == null || last == null || !Shortages.isOne(last.failure().code())) {
      return false;
    }
    if (isAskedOtherwise(transferId)) {
      return false;
    }
    TransferLimits.Room room = services.limits().room();
    Duration waited = run.tries().waitedForRoom(services.nanoClock().getAsLong());
    boolean mayWait = waited.compareTo(room.longest()) < 0;
    if (!mayWait || !shortages.lasts(run, last.failure().code())) {
      return false;
    }
    Duration next = room.untilNextLook(waited);
    run.progress().retryAt(services.clock().instant().plus(next));
    services.waiting().enter(transferId, next, run);
    return true;
  }

  /**
   * One asks a host whose rest is over for all that wait for it; the others wait for its answer.
   */
  private boolean awaitsProbe(String transferId, Set<String> asked) {
    String host = services.waiting().restingHost(transferId).orElse(null);
    if (host == null || isAskedOtherwise(transferId)) {
      return false;
    }
    HostBreakers breakers = services.breakers();
    boolean isAnothers =
        breakers.isBeingProbed(host) || (breakers.awaitsProbe(host) && !asked.add(host));
    if (isAnothers) {
      services.waiting().comeAgain(transferId, PROBE);
    }
    return isAnothers;
  }

  private boolean isAskedOtherwise(String transferId) {
    SourceCatalog catalog = services.catalog();
    return services
        .waiting()
        .runOf(transferId)
        .map(TransferRun::source)
        .filter(own -> catalog.asksOtherwise(own) || catalog.find(own.id()).isEmpty())
        .isPresent();
  }
}

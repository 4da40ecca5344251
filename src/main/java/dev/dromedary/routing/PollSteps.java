package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.OUTCOME;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code poll-sources}. The route runs one poll at a time; what a poll keeps
 * is in its exchange or guarded here.
 */
public final class PollSteps {

  private static final Logger LOG = LoggerFactory.getLogger(PollSteps.class);
  private static final String POLL = "poll";

  private final TransferServices services;
  private final PollTracker tracker;
  private final PollRequests requests;
  private final TransferQueues queues;
  private final @Nullable Duration interval;
  private final DueSearch search;
  private final Runnable pollAgain;
  private final PollTroubles troubles = new PollTroubles();

  /** Routes that tick beside it fail here too. */
  private static final String POLL_ROUTE = "poll-sources";

  /**
   * Creates the steps.
   *
   * @param requests what operators want polled at once
   * @param queues how much of each host may wait for its turn
   * @param interval between two polls; null for the only one, which takes every source, whatever
   *     its schedule says
   * @param pollAgain lets the next poll begin as soon as the one that runs has ended
   */
  public PollSteps(
      TransferServices services,
      PollTracker tracker,
      PollRequests requests,
      TransferQueues queues,
      @Nullable Duration interval,
      Runnable pollAgain) {
    this.services = services;
    this.tracker = tracker;
    this.requests = requests;
    this.queues = queues;
    this.interval = interval;
    this.search = new DueSearch(services, tracker, interval);
    this.pollAgain = pollAgain;
  }

  /**
   * Leaves as body what is due: first what is queued in the ledger alone, then sources. A tick that
   * finds nothing leaves no trace. Who asks for a source after editing it gets the edited one; what
   * was asked for and could not be looked for is asked for still.
   */
  public void due(Exchange exchange) {
    Set<String> wanted = requests.take();
    troubles.begin();
    try {
      DueByRoom due =
          new DueByRoom(
              dueNow(wanted).iterator(),
              this::needsRoomOf,
              queues,
              services.stop()::takesNew,
              end());
      exchange.setProperty(POLL, new OpenPoll(services.ledger(), due));
      exchange.getMessage().setHeaders(new HashMap<>());
      exchange.getMessage().setBody(due);
    } catch (RuntimeException e) {
      requests.add(wanted);
      throw e;
    }
  }

  /**
   * What is left when the next poll is due, or asked for, waits for that one; the last has none.
   */
  private BooleanSupplier end() {
    long begunNanos = services.nanoClock().getAsLong();
    return () ->
        interval != null
            && (requests.isHurried()
                || services.nanoClock().getAsLong() - begunNanos >= interval.toNanos());
  }

  private Optional<String> needsRoomOf(Object due) {
    if (due instanceof TransferRecord left) {
      return search.rests(left) ? Optional.empty() : queues.host(left.sourceId());
    }
    return queues.host(((Due) due).source().id());
  }

  private Stream<Object> dueNow(Set<String> wanted) {
    services.catalog().refresh();
    services.origins().refresh();
    services
        .rates()
        .follow(services.origins().origins(), services.catalog().sources(), this::isUnderWay);
    tracker.begin();
    if (services.stop().isDraining()) {
      requests.add(wanted);
      return Stream.empty();
    }
    services.waiting().wakeEdited(services.catalog());
    return search.find(wanted);
  }

  private boolean isUnderWay(String sourceId) {
    return services.board().running().stream().anyMatch(now -> now.sourceId().equals(sourceId));
  }

  /** Turns a due source into the id of its new transfer; outcome QUEUED, or UNDER_WAY without. */
  public void enqueue(Exchange exchange) {
    Object due = exchange.getMessage().getBody();
    Optional<TransferRecord> queued =
        due instanceof TransferRecord left
            ? Optional.of(left)
            : queued(exchange, Objects.requireNonNull((Due) due));
    queued.ifPresent(
        record -> {
          tracker.queued(record.id());
          exchange.getMessage().setBody(record.id());
        });
    String outcome = queued.map(this::outcome).orElse("UNDER_WAY");
    exchange.setProperty(OUTCOME, outcome);
    if (outcome.equals("QUEUED")) {
      String id = queued.orElseThrow().id();
      QueuedMessage.ifRejected(exchange, () -> tracker.released(id));
    }
  }

  private String outcome(TransferRecord queued) {
    Instant until = queued.nextAttemptAt();
    if (until == null || !search.rests(queued)) {
      return "QUEUED";
    }
    services.waiting().enter(queued, Duration.between(services.clock().instant(), until));
    return "RESTS";
  }

  private Optional<TransferRecord> queued(Exchange exchange, Due due) {
    OpenPoll poll = TransferProperties.required(exchange, POLL, OpenPoll.class);
    Source source = due.source();
    try {
      return due.isAskedFor()
          ? services.ledger().enqueue(source.id(), source.target(), poll.id())
          : services
              .ledger()
              .enqueueDue(source.id(), source.target(), poll.id(), due.lastPolledAt());
    } catch (DromedaryException e) {
      requests.add(Set.of(source.id()));
      throw e;
    }
  }

  /**
   * Records that every due source of this poll is queued, but those that failed, and those for
   * which the queue had no room: they are due still, and what was asked for is asked for still.
   */
  public void finish(Exchange exchange) {
    int due = tracker.finish();
    OpenPoll poll = TransferProperties.required(exchange, POLL, OpenPoll.class);
    List<Object> left = poll.left().toList();
    requests.add(
        left.stream()
            .filter(one -> one instanceof Due source && source.isAskedFor())
            .map(one -> ((Due) one).source().id())
            .toList());
    if (!left.isEmpty() && interval != null && services.stop().takesNew()) {
      pollAgain.run();
    }
    poll.end(due);
    if (due > 0) {
      LOG.info("msg=polled due={}", due);
    }
    if (troubles.ended()) {
      tracker.goesThrough();
      LOG.info("msg=\"polls go through again\"");
    }
  }

  /** Reports a poll, or a source of it, that failed; what was reported before is for debugging. */
  public void failed(Exchange exchange) {
    Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure =
        FailureClassifier.classify(why == null ? new IllegalStateException("no cause") : why);
    DromedaryException told =
        new DromedaryException(failure.code(), "the poll failed: " + failure.message(), why);
    tracker.failed(told);
    if (POLL_ROUTE.equals(exchange.getFromRouteId())) {
      tracker.fails(told);
    }
    if (services.stop().isRaised()) {
      return;
    }
    if (!troubles.failed(failure.code())) {
      LOG.debug("msg=\"poll failed again\"", why);
    } else if (failure.code() == FailureCode.BUG_FOUND) {
      LOG.error("msg=\"poll failed, the next tick looks again\"", why);
    } else {
      LOG.error(
          "msg=\"poll failed, the next tick looks again\" code={} reason=\"{}\" remedy=\"{}\"",
          failure.code().label(),
          failure.message(),
          failure.code().remedy());
    }
  }
}

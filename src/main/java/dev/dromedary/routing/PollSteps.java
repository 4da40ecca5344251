package dev.dromedary.routing;

import static dev.dromedary.routing.TransferProperties.OUTCOME;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.FailureClassifier;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.source.DuePolicy;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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

  /** A clock set back by no more than that makes nobody wait long, nor a source due twice. */
  private static final Duration SMALL_STEP = Duration.ofSeconds(5);

  /** What is asked for comes first, then what was not polled for longest. */
  private static final Comparator<Due> DUE_LONGEST =
      Comparator.comparing((Due due) -> !due.isAskedFor())
          .thenComparing(Due::lastPolledAt, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final TransferServices services;
  private final PollTracker tracker;
  private final PollRequests requests;
  private final TransferQueues queues;
  private final @Nullable Duration interval;
  private final boolean everythingIsDue;
  private final PollTroubles troubles = new PollTroubles();
  private DuePolicy policy;
  private boolean recovered;

  /**
   * Creates the steps.
   *
   * @param requests what operators want polled at once
   * @param queues how much of each host may wait for its turn
   * @param interval between two polls; null for the only one, which takes every source, whatever
   *     its schedule says
   */
  public PollSteps(
      TransferServices services,
      PollTracker tracker,
      PollRequests requests,
      TransferQueues queues,
      @Nullable Duration interval) {
    this.services = services;
    this.tracker = tracker;
    this.requests = requests;
    this.queues = queues;
    this.interval = interval;
    this.everythingIsDue = interval == null;
    this.policy = new DuePolicy(services.clock().instant());
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
      DueByRoom due = new DueByRoom(dueNow(wanted).iterator(), this::needsRoomOf, queues, end());
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
        !services.stop().takesNew()
            || (interval != null
                && (requests.isHurried()
                    || services.nanoClock().getAsLong() - begunNanos >= interval.toNanos()));
  }

  private Optional<String> needsRoomOf(Object due) {
    if (due instanceof TransferRecord left) {
      return rests(left) ? Optional.empty() : queues.host(left.sourceId());
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
    if (!everythingIsDue) {
      followClock();
    }
    return due(wanted);
  }

  /** What a clock ahead has noted would be waited for until it is that late once more. */
  private void followClock() {
    policy = policy.asOf(services.clock().instant());
    int noted = services.ledger().followClock(SMALL_STEP);
    if (noted > 0) {
      LOG.warn(
          "msg=\"polls and waits that a clock ahead has noted count from now\" noted={}", noted);
    }
  }

  private boolean isUnderWay(String sourceId) {
    return services.board().running().stream().anyMatch(now -> now.sourceId().equals(sourceId));
  }

  private Stream<Object> due(Set<String> wanted) {
    List<TransferRecord> left = unfinished();
    Set<String> taken =
        everythingIsDue
            ? left.stream().map(TransferRecord::sourceId).collect(Collectors.toSet())
            : Set.of();
    return Stream.concat(
        left.stream(), dueSources(wanted).filter(due -> !taken.contains(due.source().id())));
  }

  /**
   * What an earlier run left, at the first poll; later, what was put back into the queue or left by
   * a worker that could not record its end. A poll of everything, as of one URL, leaves alone what
   * belongs to another list in the same directory.
   */
  private List<TransferRecord> unfinished() {
    return unattended().stream()
        .filter(
            record -> !everythingIsDue || services.catalog().find(record.sourceId()).isPresent())
        .toList();
  }

  private List<TransferRecord> unattended() {
    List<TransferRecord> left =
        recovered
            ? services.ledger().active().stream()
                .filter(record -> !tracker.isInMemory(record.id()))
                .filter(record -> !services.waiting().holds(record.id()))
                .toList()
            : services.ledger().recover();
    recovered = true;
    return left;
  }

  private Stream<Due> dueSources(Set<String> wanted) {
    Instant now = services.clock().instant();
    Map<String, Instant> lastPolled = services.ledger().lastPolled();
    Set<String> paused = everythingIsDue ? Set.of() : services.ledger().forOperators().paused();
    Stream<Due> all =
        services.catalog().sources().stream()
            .filter(source -> !paused.contains(source.id()))
            .map(
                source ->
                    new Due(
                        source,
                        everythingIsDue || wanted.contains(source.id()),
                        lastPolled.get(source.id())))
            .filter(
                due ->
                    due.isAskedFor()
                        || policy.isDue(due.source().schedule(), due.lastPolledAt(), now));
    return everythingIsDue ? all : all.sorted(DUE_LONGEST);
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
    if (until == null || !rests(queued)) {
      return "QUEUED";
    }
    services.waiting().enter(queued, Duration.between(services.clock().instant(), until));
    return "RESTS";
  }

  /**
   * A transfer that an earlier run let wait still waits; but not when somebody asks right now, or
   * its source asks for something else by now.
   */
  private boolean rests(TransferRecord left) {
    Instant until = left.nextAttemptAt();
    return !everythingIsDue
        && until != null
        && until.isAfter(services.clock().instant())
        && !WaitingRoom.isAskedOtherwise(left, services.catalog());
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
    poll.end(due);
    requests.add(
        poll.left()
            .filter(left -> left instanceof Due source && source.isAskedFor())
            .map(left -> ((Due) left).source().id())
            .toList());
    if (due > 0) {
      LOG.info("msg=polled due={}", due);
    }
    if (troubles.ended()) {
      LOG.info("msg=\"polls go through again\"");
    }
  }

  /** Reports a poll, or a source of it, that failed; what was reported before is for debugging. */
  public void failed(Exchange exchange) {
    Throwable why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Failure failure =
        FailureClassifier.classify(why == null ? new IllegalStateException("no cause") : why);
    tracker.failed(
        new DromedaryException(failure.code(), "the poll failed: " + failure.message(), why));
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

  /** A source to be fetched, since somebody asks for it or by when it was polled last. */
  private record Due(Source source, boolean isAskedFor, @Nullable Instant lastPolledAt) {}
}

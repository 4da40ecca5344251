package dev.dromedary.routing;

import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.source.DuePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what is due: for {@link PollSteps}, one poll at a time. */
final class DueSearch {

  private static final Logger LOG = LoggerFactory.getLogger(DueSearch.class);

  /** A clock set back by no more than that makes nobody wait long, nor a source due twice. */
  private static final Duration SMALL_STEP = Duration.ofSeconds(5);

  /** What is asked for comes first, then what was not polled for longest. */
  private static final Comparator<Due> DUE_LONGEST =
      Comparator.comparing((Due due) -> !due.isAskedFor())
          .thenComparing(Due::lastPolledAt, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final TransferServices services;
  private final PollTracker tracker;
  private final boolean everythingIsDue;
  private DuePolicy policy;
  private boolean recovered;

  /**
   * Creates the search.
   *
   * @param interval how often it is looked; null where every source is due, whatever its schedule
   *     says
   */
  DueSearch(TransferServices services, PollTracker tracker, @Nullable Duration interval) {
    this.services = services;
    this.tracker = tracker;
    this.everythingIsDue = interval == null;
    this.policy =
        new DuePolicy(services.clock().instant(), interval == null ? Duration.ZERO : interval);
  }

  /**
   * Returns what is due: first each {@link TransferRecord} that is queued in the ledger alone, then
   * each {@link Due} source.
   *
   * @param wanted the sources that are due because somebody asks for them
   */
  Stream<Object> find(Set<String> wanted) {
    if (!everythingIsDue) {
      followClock();
    }
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

  /** Whoever edits what a source asks for that has failed wants it tried again. */
  private Set<String> editedSinceTheyFailed() {
    return services.ledger().askedByFailed().entrySet().stream()
        .filter(
            failed -> services.catalog().isEditedSinceItFailed(failed.getKey(), failed.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Stream<Due> dueSources(Set<String> wanted) {
    Instant now = services.clock().instant();
    Map<String, Instant> lastPolled = services.ledger().lastPolled();
    Set<String> edited = everythingIsDue ? Set.of() : editedSinceTheyFailed();
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
                        || edited.contains(due.source().id())
                        || policy.isDue(due.source().schedule(), due.lastPolledAt(), now));
    return everythingIsDue ? all : all.sorted(DUE_LONGEST);
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

  /**
   * A transfer that an earlier run let wait still waits; but not when somebody asks right now, or
   * its source asks for something else by now.
   */
  boolean rests(TransferRecord left) {
    Instant until = left.nextAttemptAt();
    return !everythingIsDue
        && until != null
        && until.isAfter(services.clock().instant())
        && !WaitingRoom.isAskedOtherwise(left, services.catalog());
  }
}

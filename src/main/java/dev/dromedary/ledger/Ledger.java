package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The durable record of what is fetched: sources, polls, transfers, attempts. It decides nothing
 * but refuses what {@link TransferState#canBecome} denies and what is based on an outdated view.
 *
 * <p>A transition is on the disk when its method returns (I1, I2). What the next start or poll
 * would do again anyway survives a kill, but only shortly later a power cut: polls, enqueuing,
 * claims, attempts, pruning. Times are kept in milliseconds.
 *
 * <p>Thread-safe. Every method throws {@link DromedaryException} with {@link FailureCode#LEDGER}
 * when the database cannot be used, with {@link FailureCode#DISK_FULL} when it cannot grow, with
 * {@link FailureCode#NO_DESCRIPTOR} when the system opens no file for it; the message names the
 * file and what to do. Nothing is changed then.
 */
public final class Ledger implements AutoCloseable {

  private final CompletableFuture<LedgerDatabase> opened;
  private final Clock clock;
  private final SortableIds ids;

  private Ledger(CompletableFuture<LedgerDatabase> opened, Clock clock, RandomGenerator random) {
    this.opened = opened;
    this.clock = clock;
    this.ids = new SortableIds(clock, random);
  }

  /**
   * Opens the ledger in a SQLite file, which is made or brought up to date first; its directory is
   * there.
   */
  public static Ledger open(Path databaseFile, Clock clock, RandomGenerator random) {
    return open(LedgerSettings.sqlite(databaseFile), clock, random);
  }

  /** Opens the ledger the settings name; it is made or brought up to date first. */
  public static Ledger open(LedgerSettings settings, Clock clock, RandomGenerator random) {
    return new Ledger(
        CompletableFuture.completedFuture(LedgerDatabase.open(settings)), clock, random);
  }

  /**
   * Opens the ledger in a SQLite file on a thread of its own and returns at once; who asks it
   * before it is open waits. Whether it could be opened tells {@link #awaitOpen}.
   */
  public static Ledger openBeside(Path databaseFile, Clock clock, RandomGenerator random) {
    LedgerSettings settings = LedgerSettings.sqlite(databaseFile);
    return new Ledger(
        CompletableFuture.supplyAsync(() -> LedgerDatabase.open(settings), Ledger::onDaemon),
        clock,
        random);
  }

  /** Waits until it is open. */
  public void awaitOpen() {
    database();
  }

  /**
   * Returns what became of its file and what to do, when it was removed or replaced while in use.
   * Every change is refused then.
   */
  public Optional<String> whyLost() {
    return database().whyLost();
  }

  /** Returns what operators ask and change; does not wait for it to open. */
  public OperatorLedger forOperators() {
    return new OperatorLedger(this::database, clock);
  }

  /** Records that a poll began and returns its id. */
  public String beginPoll() {
    String id = ids.next();
    database()
        .writeSoon(
            handle -> {
              new PollTable(handle).insert(id, clock.instant());
              return id;
            });
    return id;
  }

  /** Records that a poll has enqueued its last due source. */
  public void endPoll(String pollId, int due) {
    database()
        .writeSoon(
            handle -> {
              new PollTable(handle).finish(pollId, clock.instant(), due);
              return pollId;
            });
  }

  /**
   * Queues a transfer unless the source has one that has not ended. The source counts as polled
   * now, and its previous unchanged transfer is removed, so that polling without change does not
   * grow the ledger.
   *
   * @param pollId the poll that found it due; absent when an operator asks
   * @return the queued transfer, or nothing when there is an active one
   */
  public Optional<TransferRecord> enqueue(String sourceId, String target, @Nullable String pollId) {
    Instant now = clock.instant();
    return database().writeSoon(handle -> insert(handle, sourceId, target, pollId, now));
  }

  /**
   * Queues a transfer as {@link #enqueue} does, unless the source was polled or paused since it was
   * found due: a poll may take long, and a transfer cancelled meanwhile is not to begin again.
   *
   * @param lastPolledAt by what it was found due, as {@link #lastPolled} told; null when never
   */
  public Optional<TransferRecord> enqueueDue(
      String sourceId, String target, String pollId, @Nullable Instant lastPolledAt) {
    Instant now = clock.instant();
    return database()
        .writeSoon(
            handle ->
                new SourceTable(handle).isDueStill(sourceId, lastPolledAt)
                    ? insert(handle, sourceId, target, pollId, now)
                    : Optional.empty());
  }

  private Optional<TransferRecord> insert(
      Handle handle, String sourceId, String target, @Nullable String pollId, Instant now) {
    TransferTable transfers = new TransferTable(handle);
    Optional<TransferRecord> queued = transfers.insert(ids.next(), sourceId, pollId, target, now);
    if (queued.isPresent()) {
      new SourceTable(handle).polled(sourceId, now);
      transfers.deleteUnchanged(sourceId);
    }
    return queued;
  }

  /**
   * Takes a queued or retrying transfer for a worker, or one that is this worker's already: its
   * rest could not be recorded when the disk was full. Whether its time has come is the caller's to
   * judge.
   *
   * @return the running transfer, or nothing when another worker has it or it cannot be claimed
   */
  public Optional<TransferRecord> claim(String transferId, String worker) {
    return database()
        .writeSoon(handle -> new TransferTable(handle).claim(transferId, worker, clock.instant()));
  }

  /**
   * Stores a transition, or new facts in the same state. Version and times are the ledger's own;
   * worker and next attempt are dropped where the state has none, code and reason with a good end.
   * A terminal state is also noted with the source, and takes its older dead letters off the list
   * unless it is a cancellation; a good end lets them refuse no version any more.
   *
   * @param from the transfer as the caller last saw it
   * @param to what it becomes; anything but LANDED, which takes {@link #landed}
   * @return the transfer as stored
   * @throws LedgerConflictException when it was changed since {@code from} was read
   * @throws DromedaryException {@link FailureCode#BUG_FOUND} when the transition is not allowed
   */
  public TransferRecord advance(TransferRecord from, TransferRecord to) {
    if (to.state() == TransferState.LANDED) {
      throw new DromedaryException(
          FailureCode.BUG_FOUND, "transfer " + from.id() + " lands only with its landed file");
    }
    return database()
        .write(
            handle -> {
              TransferRecord stored = store(new TransferTable(handle), from, to);
              if (stored.state().isTerminal()) {
                ended(new TransferTable(handle), new SourceTable(handle), stored);
              }
              return stored;
            });
  }

  /**
   * Stores that a delivered file is in the landing zone, with the transfer and with its source at
   * once.
   *
   * @throws LedgerConflictException when the transfer was changed since {@code from} was read
   * @throws DromedaryException {@link FailureCode#BUG_FOUND} when it was not being delivered
   */
  public TransferRecord landed(TransferRecord from, LandedFile file) {
    return end(
        from,
        from.withState(TransferState.LANDED),
        (sources, stored) -> sources.landed(stored, file));
  }

  /**
   * Stores that a source is unchanged, and what its landed file was held against meanwhile.
   *
   * @param file what is in the landing zone, as it landed
   * @throws LedgerConflictException when the transfer was changed since {@code from} was read
   */
  public TransferRecord unchanged(TransferRecord from, LandedFile file) {
    return end(
        from,
        from.withState(TransferState.UNCHANGED),
        (sources, stored) -> sources.compared(stored.sourceId(), file));
  }

  /**
   * Stores that a transfer was ended by hand. Its source counts as polled now: it is due at the
   * next time of its schedule, however many were missed while the transfer ran.
   *
   * @param from the transfer as the caller last saw it
   * @param to the same, CANCELLED
   * @return the transfer as stored
   * @throws LedgerConflictException when it was changed since {@code from} was read
   * @throws DromedaryException {@link FailureCode#BUG_FOUND} when the transition is not allowed
   */
  public TransferRecord cancelled(TransferRecord from, TransferRecord to) {
    return end(from, to, (sources, stored) -> sources.polled(stored.sourceId(), clock.instant()));
  }

  /**
   * Stores that a transfer ended since its source left the list. That counts as never polled: it is
   * due as soon as it comes back, as where a list is written anew and was read meanwhile; one with
   * a cron expression if a time of it came since the service started.
   *
   * @param from the transfer as the caller last saw it
   * @param to the same, CANCELLED
   * @return the transfer as stored
   * @throws LedgerConflictException when it was changed since {@code from} was read
   */
  public TransferRecord left(TransferRecord from, TransferRecord to) {
    return end(from, to, (sources, stored) -> sources.neverPolled(stored.sourceId()));
  }

  /** Stores an end, with what else its source is to remember of it. */
  private TransferRecord end(
      TransferRecord from, TransferRecord to, BiConsumer<SourceTable, TransferRecord> remember) {
    return database()
        .write(
            handle -> {
              TransferTable transfers = new TransferTable(handle);
              SourceTable sources = new SourceTable(handle);
              TransferRecord stored = store(transfers, from, to);
              ended(transfers, sources, stored);
              remember.accept(sources, stored);
              return stored;
            });
  }

  /** Takes over what another ledger knows to have landed of a source, if it landed later. */
  public void remember(SourceRecord other) {
    database()
        .write(
            handle -> {
              SourceTable sources = new SourceTable(handle);
              Instant own = sources.find(other.id()).map(SourceRecord::landedAt).orElse(null);
              if (other.landedAt() != null && (own == null || own.isBefore(other.landedAt()))) {
                sources.remember(other);
              }
              return other;
            });
  }

  /**
   * Puts a dead letter or a cancelled transfer back into the queue with its part file and no failed
   * attempts. No version of its source is refused any more.
   *
   * @throws LedgerConflictException when it is neither, or its source has an active transfer
   */
  public TransferRecord replay(String transferId) {
    return database()
        .write(
            handle -> {
              TransferTable transfers = new TransferTable(handle);
              TransferRecord found =
                  transfers.find(transferId).orElseThrow(() -> missing(transferId));
              boolean replayable =
                  found.state() == TransferState.FAILED || found.state() == TransferState.CANCELLED;
              if (!replayable) {
                throw new LedgerConflictException(
                    "transfer "
                        + transferId
                        + ": expected FAILED or CANCELLED, found "
                        + found.state());
              }
              transfers.refuseNone(found.sourceId());
              return store(transfers, found, found.withState(TransferState.QUEUED));
            });
  }

  /**
   * Puts every transfer that a former process worked on back into the queue; what it was delivering
   * is kept. One that waits for a time to come waits on. For the start of the only instance.
   *
   * @return every transfer that has not ended, queued or waiting, oldest first
   */
  public List<TransferRecord> recover() {
    return database()
        .write(
            handle -> {
              TransferTable transfers = new TransferTable(handle);
              transfers.requeue(clock.instant());
              return transfers.active();
            });
  }

  /** Records an attempt; the same number again replaces it, so start and end can be two calls. */
  public void recordAttempt(AttemptRecord attempt) {
    database()
        .writeSoon(
            handle -> {
              new AttemptTable(handle).upsert(attempt);
              return attempt;
            });
  }

  /** Returns the number for the next attempt of a transfer, 1 or more. */
  public int nextAttemptNumber(String transferId) {
    return database().read(handle -> new AttemptTable(handle).nextNumber(transferId));
  }

  /** Forgets what landed for a source, so that its next transfer fetches it in any case. */
  public void forgetLanded(String sourceId) {
    database()
        .write(
            handle -> {
              new SourceTable(handle).forgetLanded(sourceId);
              return sourceId;
            });
  }

  /**
   * Removes transfers with their attempts that ended before, and polls left without any. The newest
   * transfer of each source, open dead letters and those that refuse a version stay.
   *
   * @return how many transfers were removed
   */
  public int prune(Instant before) {
    return database()
        .writeSoon(
            handle -> {
              int removed = new TransferTable(handle).prune(before, clock.instant());
              new PollTable(handle).prune(before);
              return removed;
            });
  }

  /** Finds a transfer. */
  public Optional<TransferRecord> transfer(String id) {
    return database().read(handle -> new TransferTable(handle).find(id));
  }

  /** Finds the transfer of a source that has not ended; there is at most one. */
  public Optional<TransferRecord> activeOf(String sourceId) {
    return database().read(handle -> new TransferTable(handle).activeOf(sourceId));
  }

  /** Returns every transfer that has not ended, oldest first. */
  public List<TransferRecord> active() {
    return database().read(handle -> new TransferTable(handle).active());
  }

  /**
   * Returns the open dead letters, at most one a source, the last failed first. One is open until a
   * later transfer of its source lands, finds it unchanged, or fails in its place.
   */
  public List<TransferRecord> failures() {
    return database().read(handle -> new TransferTable(handle).deadLetters());
  }

  /**
   * Returns what the sources of the open dead letters asked for when they failed, by their ids. One
   * that was polled since is not among them: what came of that may have been cancelled.
   *
   * @return fingerprints, where they are known
   */
  public Map<String, String> askedByFailed() {
    return database().read(handle -> new TransferTable(handle).askedByFailed());
  }

  /**
   * Finds the newest dead letter of a source that {@linkplain TransferRecord#refusing refuses} a
   * version now, open or not.
   *
   * @param asked a fingerprint of what the source asks for, as it was when that was refused
   * @param longest how long one refuses at most: a clock that was set back made some longer
   */
  public Optional<TransferRecord> refusing(String sourceId, String asked, Duration longest) {
    Instant now = clock.instant();
    return database()
        .read(
            handle -> new TransferTable(handle).refusing(sourceId, asked, now, now.plus(longest)));
  }

  /** Returns what is left of the transfers a poll enqueued, in that order. */
  public List<TransferRecord> ofPoll(String pollId) {
    return database().read(handle -> new TransferTable(handle).ofPoll(pollId));
  }

  /** Returns the attempts of a transfer by number. */
  public List<AttemptRecord> attempts(String transferId) {
    return database().read(handle -> new AttemptTable(handle).of(transferId));
  }

  /** Finds a poll. */
  public Optional<PollRecord> poll(String id) {
    return database().read(handle -> new PollTable(handle).find(id));
  }

  /** Finds what is remembered of a source. */
  public Optional<SourceRecord> source(String id) {
    return database().read(handle -> new SourceTable(handle).find(id));
  }

  /**
   * Says whether a name in the landing zone is a source's: a file of it landed there last, or one
   * is on its way there.
   */
  public boolean isTarget(String target) {
    return database()
        .read(
            handle ->
                new SourceTable(handle).hasLandedAs(target)
                    || new TransferTable(handle).isAwaitedAs(target));
  }

  /** Returns when each source was polled last; a source never polled is not in it. */
  public Map<String, Instant> lastPolled() {
    return database().read(handle -> new SourceTable(handle).lastPolled());
  }

  /**
   * Follows a clock that was set back: a source that was polled later than now counts as polled
   * now, and a transfer that was told later than now to wait waits from now on as long as it was
   * told.
   *
   * @param tolerance by how much later it may have been, zero or more
   * @return how many sources and transfers that were
   */
  public int followClock(Duration tolerance) {
    Instant now = clock.instant();
    Instant latest = now.plus(tolerance);
    boolean isAhead =
        database()
            .read(
                handle ->
                    new SourceTable(handle).isAnyPolledAfter(latest)
                        || new TransferTable(handle).isAnyNotedAfter(latest));
    return isAhead
        ? database()
            .writeSoon(
                handle ->
                    new SourceTable(handle).setBack(latest, now)
                        + new TransferTable(handle).setBack(latest, now))
        : 0;
  }

  /** Closes every connection. Idempotent. */
  @Override
  public void close() {
    if (!opened.handle((database, failure) -> failure != null).join()) {
      database().close();
    }
  }

  private LedgerDatabase database() {
    try {
      return opened.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private static void onDaemon(Runnable opening) {
    Thread thread = new Thread(opening, "ledger-open");
    thread.setDaemon(true);
    thread.start();
  }

  private TransferRecord store(TransferTable transfers, TransferRecord from, TransferRecord to) {
    Instant now = clock.instant();
    TransferRecord settled = Transition.settle(from, to, now);
    if (from.state().isTerminal()) {
      requireNoneActive(transfers, from);
    }
    return transfers
        .update(from, settled, now)
        .orElseThrow(() -> conflict(from, transfers.find(from.id())));
  }

  private static void ended(TransferTable transfers, SourceTable sources, TransferRecord stored) {
    sources.ended(stored);
    if (stored.state() != TransferState.CANCELLED) {
      transfers.supersedeDeadLetters(stored);
    }
    if (stored.state() == TransferState.LANDED || stored.state() == TransferState.UNCHANGED) {
      transfers.refuseNone(stored.sourceId());
    }
  }

  private static void requireNoneActive(TransferTable transfers, TransferRecord from) {
    transfers
        .activeOf(from.sourceId())
        .filter(active -> !active.id().equals(from.id()))
        .ifPresent(
            active -> {
              throw new LedgerConflictException(
                  "transfer %s cannot be queued again: source %s has transfer %s, which is %s"
                      .formatted(from.id(), from.sourceId(), active.id(), active.state()));
            });
  }

  private static LedgerConflictException conflict(
      TransferRecord expected, Optional<TransferRecord> found) {
    return new LedgerConflictException(
        "transfer "
            + expected.id()
            + ": expected "
            + standing(expected)
            + ", found "
            + found.map(Ledger::standing).orElse("none"));
  }

  private static String standing(TransferRecord transfer) {
    return transfer.state() + " version " + transfer.version();
  }

  private static DromedaryException missing(String transferId) {
    return new DromedaryException(
        FailureCode.LEDGER, "transfer " + transferId + " is not in the ledger");
  }
}

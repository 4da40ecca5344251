package dev.dromedary.observe;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The live facts of one transfer, written by the threads that fetch it and read by whoever shows
 * it. Thread-safe; {@link #received} takes no lock and reads no clock.
 */
public final class TransferProgress {

  private final String transferId;
  private final String sourceId;
  private final String target;
  private final Instant startedAt;
  private final LongAdder network = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private final RateMeter meter;
  private volatile @Nullable String awaitedHost;
  private volatile Beginning beginning = new Beginning(OptionalLong.empty(), 0, 0);
  private volatile Standing standing = new Standing(TransferState.QUEUED, 1, null, null, null);

  /**
   * Creates the progress of a transfer of which nothing is known yet.
   *
   * @param transferId the id in the ledger
   * @param sourceId the id in the source list
   * @param target where it lands, relative to the landing zone
   * @param startedAt when it was started in this process
   */
  public TransferProgress(String transferId, String sourceId, String target, Instant startedAt) {
    this.transferId = transferId;
    this.sourceId = sourceId;
    this.target = target;
    this.startedAt = startedAt;
    this.meter = new RateMeter(nanos(startedAt), 0);
  }

  /** Returns the id in the ledger. */
  public String transferId() {
    return transferId;
  }

  /** Returns the id in the source list. */
  public String sourceId() {
    return sourceId;
  }

  /** Returns where it lands, relative to the landing zone. */
  public String target() {
    return target;
  }

  /** Returns when it was started in this process. */
  public Instant startedAt() {
    return startedAt;
  }

  /**
   * Says what an attempt starts from; each attempt may say it anew, the network's count goes on.
   *
   * @param total the length of the file in bytes, when it is known
   * @param alreadyHere bytes that need not be fetched, 0 or more
   */
  public void begin(OptionalLong total, long alreadyHere) {
    if (alreadyHere < 0) {
      throw new IllegalArgumentException("alreadyHere " + alreadyHere + ": expected 0 or more");
    }
    hasConnection();
    beginning = new Beginning(total, alreadyHere, network.sum());
  }

  /** Counts bytes read from the network, 0 or more; a negative count (end of stream) is ignored. */
  public void received(int bytes) {
    if (bytes > 0) {
      network.add(bytes);
    }
  }

  /** Returns the bytes counted so far, all attempts together. */
  public long networkBytes() {
    return network.sum();
  }

  /** Says of which host it waits for a connection, until {@link #hasConnection it has one}. */
  public void awaitsConnection(String host) {
    awaitedHost = host;
  }

  /** Says that it waits for none any more. */
  public void hasConnection() {
    awaitedHost = null;
  }

  /** Counts one more open connection. */
  public void connectionOpened() {
    hasConnection();
    connections.incrementAndGet();
  }

  /** Counts one open connection less. */
  public void connectionClosed() {
    connections.updateAndGet(open -> Math.max(0, open - 1));
  }

  /** Sets where the transfer stands; a retry that was waited for is forgotten. */
  public synchronized void state(TransferState state) {
    Standing s = standing;
    standing = new Standing(state, s.attempt, s.lastFailure, s.lastReason, null);
  }

  /** Sets the number of the attempt that runs, from 1. */
  public synchronized void attempt(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt " + attempt + ": expected 1 or more");
    }
    Standing s = standing;
    standing = new Standing(s.state, attempt, s.lastFailure, s.lastReason, s.retryAt);
  }

  /** Records why an attempt ended. */
  public synchronized void failed(FailureCode code, @Nullable String reason) {
    Standing s = standing;
    standing = new Standing(s.state, s.attempt, code, reason, s.retryAt);
  }

  /** Says that the next attempt is waited for, and until when. */
  public synchronized void retryAt(Instant when) {
    Standing s = standing;
    standing = new Standing(TransferState.RETRYING, s.attempt, s.lastFailure, s.lastReason, when);
  }

  /** Returns the facts as they stand at {@code now}, and takes the look that rates are made of. */
  public ProgressSnapshot snapshot(Instant now) {
    Beginning from = beginning;
    Standing s = standing;
    boolean runs = s.state == TransferState.RUNNING;
    String awaited = awaitedHost;
    long networkBytes = network.sum();
    long received = from.alreadyHere + Math.max(0, networkBytes - from.networkBefore);
    if (from.total.isPresent()) {
      received = Math.min(received, from.total.getAsLong());
    }
    long rate = meter.perSecond(nanos(now), networkBytes);
    Duration elapsed = now.isBefore(startedAt) ? Duration.ZERO : Duration.between(startedAt, now);
    long millis = elapsed.toMillis();
    long average = millis == 0 ? 0 : Math.round(networkBytes * 1000.0 / millis);
    return new ProgressSnapshot(
        transferId,
        sourceId,
        target,
        s.state,
        startedAt,
        elapsed,
        from.total,
        received,
        from.alreadyHere,
        networkBytes,
        rate,
        average,
        runs && awaited == null ? eta(from.total, received, rate) : null,
        connections.get(),
        runs ? awaited : null,
        s.attempt,
        s.lastFailure,
        s.lastReason,
        s.retryAt);
  }

  private static @Nullable Duration eta(OptionalLong total, long received, long rate) {
    if (total.isEmpty() || rate == 0) {
      return null;
    }
    return Duration.ofMillis(Math.round((total.getAsLong() - received) * 1000.0 / rate));
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private record Beginning(OptionalLong total, long alreadyHere, long networkBefore) {}

  private record Standing(
      TransferState state,
      int attempt,
      @Nullable FailureCode lastFailure,
      @Nullable String lastReason,
      @Nullable Instant retryAt) {}
}

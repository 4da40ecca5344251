package dev.dromedary.routing;

import dev.dromedary.failure.Failure;
import dev.dromedary.failure.IdleAttempts;
import dev.dromedary.ledger.AttemptRecord;
import dev.dromedary.observe.TransferProgress;
import dev.dromedary.part.PartFile;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.MaskedUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a transfer in this process: which of them brought something, and what was decided
 * after the last. Used by the thread of the exchange alone.
 */
final class RunTries {

  private final Supplier<PartFile> file;
  private final TransferProgress progress;
  private final Map<FailureCode, Integer> startOvers = new EnumMap<>(FailureCode.class);
  private final RestsMet rests = new RestsMet();
  private Instant startedAt;
  private long fromOffset;
  private long networkBytesBefore;
  private IdleAttempts idle;
  private @Nullable String restingHost;
  private @Nullable FailureDecision decision;
  private boolean hasNoRoom;
  private long noRoomSinceNanos;
  private long heldWithoutRoomBytes;

  RunTries(Supplier<PartFile> file, TransferProgress progress) {
    this.file = file;
    this.progress = progress;
    this.startedAt = progress.startedAt();
    this.idle = IdleAttempts.from(heldBytes());
  }

  /** Notes from where and when the attempt that begins goes on. */
  void begin(Instant now) {
    startedAt = now;
    fromOffset = file.get().received().frontierFrom(0);
    networkBytesBefore = progress.networkBytes();
  }

  /** Says whether the attempt that was begun last has brought a byte. */
  boolean hasReceived() {
    return progress.networkBytes() > networkBytesBefore;
  }

  /** Returns the attempt that was begun last, as it failed. */
  AttemptRecord failed(String transferId, int number, URI url, Failure failure, Instant now) {
    long bytes = progress.networkBytes() - networkBytesBefore;
    return AttemptRecord.started(transferId, number, startedAt, MaskedUrl.of(url), fromOffset)
        .failed(now, failure.status(), bytes, failure.code(), failure.message());
  }

  /**
   * Notes a failed attempt, as {@link IdleAttempts#after} counts it.
   *
   * @return whether it was progress, which does not count against the tries
   */
  boolean noteFailed(OptionalLong lengthBytes, boolean wasSlow) {
    idle = idle.after(heldBytes(), lengthBytes, wasSlow);
    return idle.isNone();
  }

  /** Returns how many attempts in a row were none. */
  int withoutProgress() {
    return idle.inARow();
  }

  /** Notes that a host rests, as {@link RestsMet#met} counts it. */
  int metRest(String host, int rest) {
    return rests.met(host, rest);
  }

  /** Notes that the next attempt waits for a host that rests, until it has answered anybody. */
  void awaitsRestOf(String host) {
    restingHost = host;
  }

  /** Notes that the next attempt waits for its own time alone. */
  void awaitsNoRest() {
    restingHost = null;
  }

  /** Returns the host for which the next attempt waits so, if it does. */
  @Nullable String restingHost() {
    return restingHost;
  }

  /** Notes that the transfer starts over for a code; returns how often it did before. */
  int noteStartOver(FailureCode code) {
    return startOvers.merge(code, 1, Integer::sum) - 1;
  }

  /**
   * Returns for how long it has waited for what this machine lacks without getting on meanwhile.
   */
  Duration waitedForRoom(long nowNanos) {
    long heldBytes = heldBytes();
    if (!hasNoRoom || heldBytes > heldWithoutRoomBytes) {
      hasNoRoom = true;
      noRoomSinceNanos = nowNanos;
      heldWithoutRoomBytes = heldBytes;
    }
    return Duration.ofNanos(nowNanos - noRoomSinceNanos);
  }

  /** Notes that it was not for want of anything that the last attempt failed. */
  void lacksNothing() {
    hasNoRoom = false;
  }

  void decide(FailureDecision next) {
    decision = next;
  }

  /** Returns what was decided after the last failure; null before the first. */
  @Nullable FailureDecision decision() {
    return decision;
  }

  private long heldBytes() {
    return file.get().received().sizeBytes();
  }
}

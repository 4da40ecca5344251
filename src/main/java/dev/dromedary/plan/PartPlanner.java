package dev.dromedary.plan;

import dev.dromedary.plan.NextPart.Done;
import dev.dromedary.plan.NextPart.SplitTail;
import dev.dromedary.plan.NextPart.Take;
import dev.dromedary.plan.NextPart.Wait;
import dev.dromedary.plan.PartProgress.Assignment;
import dev.dromedary.transfer.ByteRange;
import java.time.Duration;
import java.util.List;

/**
 * Decides which bytes a worker fetches next. Parts are taken from the front, so that the digest can
 * trail; they shrink towards the end, so that the last ones finish together; when none is left, an
 * idle worker takes over the tail of the part that would finish last.
 */
public final class PartPlanner {

  private static final long MIB = 1024 * 1024;

  /** What is asked for before anything is known of a file: long enough to measure a rate. */
  public static final long FIRST_PART_BYTES = 8 * MIB;

  /** Shorter parts spend their time on round trips. */
  private static final long SMALLEST_PART_BYTES = 4 * MIB;

  /** Long enough to forget the round trip, short enough to notice a better connection count. */
  private static final int PART_SECONDS = 4;

  /** Each half of a tail that is split is at least this long. */
  private static final long SMALLEST_TAIL_BYTES = MIB;

  private static final Duration SHORTEST_TAIL = Duration.ofSeconds(1);

  private PartPlanner() {}

  /** Decides for one worker; to be asked again for the next one with what this one took. */
  public static NextPart next(PartProgress progress) {
    List<ByteRange> unassigned = progress.unassigned();
    long busy = progress.inFlight().stream().filter(a -> a.remainingBytes() > 0).count();
    if (unassigned.isEmpty() && busy == 0) {
      return new Done();
    }
    if (busy >= progress.connections()) {
      return new Wait();
    }
    return unassigned.isEmpty() ? splitTail(progress) : take(progress, unassigned.get(0));
  }

  private static NextPart take(PartProgress progress, ByteRange gap) {
    long size = Math.min(partBytes(progress), gap.lengthBytes());
    boolean leavesSliver = gap.lengthBytes() - size < MIB;
    return new Take(leavesSliver ? gap : new ByteRange(gap.start(), gap.start() + size));
  }

  private static long partBytes(PartProgress progress) {
    double rate = progress.bytesPerSecond();
    long wanted =
        rate == 0
            ? FIRST_PART_BYTES
            : Math.max(SMALLEST_PART_BYTES, roundUpToMib((long) (rate * PART_SECONDS)));
    if (progress.connections() == 1) {
      return wanted;
    }
    long left = progress.unassigned().stream().mapToLong(ByteRange::lengthBytes).sum();
    long share = Math.max(MIB, roundUpToMib(left / (2L * progress.connections())));
    return Math.min(wanted, share);
  }

  private static NextPart splitTail(PartProgress progress) {
    int last = -1;
    double lastSeconds = 0;
    for (int i = 0; i < progress.inFlight().size(); i++) {
      double seconds = secondsLeft(progress.inFlight().get(i));
      if (seconds > lastSeconds) {
        last = i;
        lastSeconds = seconds;
      }
    }
    double startSeconds = progress.startCost().toNanos() / 1e9;
    double worthwhile = Math.max(SHORTEST_TAIL.toSeconds(), 2 * startSeconds);
    if (last < 0
        || lastSeconds <= worthwhile
        || progress.inFlight().get(last).remainingBytes() <= 2 * SMALLEST_TAIL_BYTES) {
      return new Wait();
    }
    Assignment split = progress.inFlight().get(last);
    long newEnd = split.position() + bytesToKeep(split, progress.bytesPerSecond(), startSeconds);
    return new SplitTail(last, newEnd, new ByteRange(newEnd, split.end()));
  }

  /** Leaves the old worker as much as makes both finish at the same time. */
  private static long bytesToKeep(Assignment split, double freshRate, double startSeconds) {
    long remaining = split.remainingBytes();
    double own = split.bytesPerSecond();
    // without a rate of a fresh connection, the split one's is the best guess
    double fresh = freshRate > 0 ? freshRate : Math.max(own, 1);
    double keep = own * (remaining + startSeconds * fresh) / (own + fresh);
    return Math.max(SMALLEST_TAIL_BYTES, Math.min(remaining - SMALLEST_TAIL_BYTES, (long) keep));
  }

  private static double secondsLeft(Assignment part) {
    if (part.remainingBytes() == 0) {
      return 0;
    }
    return part.bytesPerSecond() == 0
        ? Double.POSITIVE_INFINITY
        : part.remainingBytes() / part.bytesPerSecond();
  }

  private static long roundUpToMib(long bytes) {
    return bytes > Long.MAX_VALUE - MIB ? bytes : (bytes + MIB - 1) / MIB * MIB;
  }
}

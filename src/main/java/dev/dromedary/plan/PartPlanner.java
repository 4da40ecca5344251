package dev.dromedary.plan;

import dev.dromedary.plan.NextPart.Done;
import dev.dromedary.plan.NextPart.SplitTail;
import dev.dromedary.plan.NextPart.Take;
import dev.dromedary.plan.NextPart.Wait;
import dev.dromedary.plan.PartProgress.Assignment;
import dev.dromedary.transfer.ByteRange;
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

  /** So far apart the last parts may end; shorter ones cost more than that. */
  private static final double SHORTEST_PART_SECONDS = 0.1;

  /** No more than one of so many seconds is to be spent on waiting for the answer. */
  private static final int MOST_STARTS = 8;

  /** Each half of a tail that is split is at least this long: a request costs some packets too. */
  private static final long SMALLEST_TAIL_BYTES = 64 * 1024;

  /** What takes no longer is waited for. */
  private static final double SHORTEST_TAIL_SECONDS = 0.25;

  /** Who would have less than this to do is not asked to help. */
  private static final double SHORTEST_SHARE_SECONDS = 0.05;

  private PartPlanner() {}

  /** Decides for one worker; to be asked again for the next one with what this one took. */
  public static NextPart next(PartProgress progress) {
    List<ByteRange> unassigned = progress.unassigned();
    long busy = busy(progress);
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
    double rate = progress.path().bytesPerSecond();
    long wanted =
        rate == 0
            ? FIRST_PART_BYTES
            : Math.max(SMALLEST_PART_BYTES, roundUpToMib((long) (rate * PART_SECONDS)));
    if (progress.connections() == 1) {
      return wanted;
    }
    long left = progress.unassigned().stream().mapToLong(ByteRange::lengthBytes).sum();
    long share = roundUpToMib(left / (2L * progress.sharers()));
    double shortestSeconds =
        Math.max(SHORTEST_PART_SECONDS, MOST_STARTS * progress.path().leastStartSeconds());
    long shortest = Math.max(MIB, roundUpToMib((long) (rate * shortestSeconds)));
    if (progress.sharers() > progress.connections()) {
      // so early both numbers are too high: of a cold machine, and of what servers send at first
      shortest = Math.min(shortest, FIRST_PART_BYTES);
    }
    return Math.min(wanted, Math.max(share, shortest));
  }

  private static NextPart splitTail(PartProgress progress) {
    int last = -1;
    double lastSeconds = 0;
    for (int i = 0; i < progress.inFlight().size(); i++) {
      double seconds = secondsLeft(progress.inFlight().get(i), progress);
      if (seconds > lastSeconds) {
        last = i;
        lastSeconds = seconds;
      }
    }
    double startSeconds = progress.path().startSeconds();
    double worthwhile = Math.max(SHORTEST_TAIL_SECONDS, 2 * startSeconds);
    if (last < 0
        || lastSeconds <= worthwhile
        || progress.inFlight().get(last).remainingBytes() <= 2 * SMALLEST_TAIL_BYTES) {
      return new Wait();
    }
    Assignment split = progress.inFlight().get(last);
    long newEnd =
        split.end() - bytesToTake(split, progress, helpers(lastSeconds, progress), startSeconds);
    return new SplitTail(last, newEnd, new ByteRange(newEnd, split.end()));
  }

  /** How many of those that are idle have enough to do when they share what one has left. */
  private static double helpers(double secondsLeft, PartProgress progress) {
    double idle = progress.connections() - busy(progress);
    return Math.max(1, Math.min(idle, Math.floor(secondsLeft / SHORTEST_SHARE_SECONDS) - 1));
  }

  /** Takes as much as makes the old worker, this one and all other helpers finish together. */
  private static long bytesToTake(
      Assignment split, PartProgress progress, double helpers, double startSeconds) {
    long remaining = split.remainingBytes();
    double own = rate(split, progress);
    // without a rate of a fresh connection, the split one's is the best guess
    double fresh =
        progress.path().bytesPerSecond() > 0 ? progress.path().bytesPerSecond() : Math.max(own, 1);
    double together = (remaining + helpers * fresh * startSeconds) / (own + helpers * fresh);
    long take = (long) (fresh * (together - startSeconds));
    return Math.max(SMALLEST_TAIL_BYTES, Math.min(remaining - SMALLEST_TAIL_BYTES, take));
  }

  private static long busy(PartProgress progress) {
    return progress.inFlight().stream().filter(a -> a.remainingBytes() > 0).count();
  }

  private static double secondsLeft(Assignment part, PartProgress progress) {
    double rate = rate(part, progress);
    if (part.remainingBytes() == 0 || part.isStarting() && rate == 0) {
      return 0;
    }
    return rate == 0 ? Double.POSITIVE_INFINITY : part.remainingBytes() / rate;
  }

  /** What was asked for just now will come as fast as the others, as far as anybody knows. */
  private static double rate(Assignment part, PartProgress progress) {
    return part.isStarting()
        ? Math.max(part.bytesPerSecond(), progress.path().bytesPerSecond())
        : part.bytesPerSecond();
  }

  private static long roundUpToMib(long bytes) {
    return bytes > Long.MAX_VALUE - MIB ? bytes : (bytes + MIB - 1) / MIB * MIB;
  }
}

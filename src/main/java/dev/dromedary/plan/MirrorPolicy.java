package dev.dromedary.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Decides from which of several URLs of the same bytes the rest of a transfer is fetched. Each is
 * tried for a while as long as much is left, the first one first; then the transfer stays with the
 * fastest, and leaves it when it has become clearly slower than another was. Each stay is at least
 * twice as long as the one before, so that it does not wander to and fro.
 *
 * <p>The first half of a trial does not count: connections are still being added. Not thread-safe.
 */
public final class MirrorPolicy {

  private static final double CLEARLY_SLOWER = 0.7;
  private static final Duration TRIAL = Duration.ofSeconds(10);

  /** A move is worth its cost only when what is left takes longer than this at the present rate. */
  private static final Duration WORTHWHILE = Duration.ofSeconds(30);

  private final double[] bytesPerSecond;
  private Duration stay = TRIAL;
  private boolean stays;
  private Duration windowFrom = Duration.ZERO;
  private long bytesBefore;

  /** Creates the policy for so many URLs, 1 or more, none of which has been tried. */
  public MirrorPolicy(int mirrors) {
    bytesPerSecond = new double[mirrors];
    Arrays.fill(bytesPerSecond, -1);
  }

  /** Stays where it is from now on. */
  public void stay() {
    stays = true;
  }

  /** Is told that an attempt begins; what is sampled is counted from here. */
  public void begin() {
    windowFrom = Duration.ZERO;
    bytesBefore = 0;
  }

  /**
   * Takes a sample of an attempt; samples of one attempt come in the order of time.
   *
   * @param current the URL it fetches from, 0 or more
   * @param elapsed since the attempt's first answer
   * @param bytes received in it by now
   * @param missingBytes what is left of the file
   * @return the URL to move to; empty to stay
   */
  public OptionalInt onSample(int current, Duration elapsed, long bytes, long missingBytes) {
    if (bytesPerSecond.length == 1 || stays) {
      return OptionalInt.empty();
    }
    if (windowFrom.isZero() && elapsed.compareTo(stay.dividedBy(2)) >= 0) {
      windowFrom = elapsed;
      bytesBefore = bytes;
    }
    if (windowFrom.isZero() || elapsed.compareTo(windowFrom.plus(stay.dividedBy(2))) < 0) {
      return OptionalInt.empty();
    }
    double rate = (bytes - bytesBefore) / seconds(elapsed.minus(windowFrom));
    bytesPerSecond[current] = rate;
    windowFrom = elapsed;
    bytesBefore = bytes;
    return missingBytes < rate * seconds(WORTHWHILE) ? OptionalInt.empty() : move(current);
  }

  private OptionalInt move(int current) {
    for (int i = 1; i < bytesPerSecond.length; i++) {
      int next = (current + i) % bytesPerSecond.length;
      if (bytesPerSecond[next] < 0) {
        bytesPerSecond[next] = 0;
        return OptionalInt.of(next);
      }
    }
    int best = 0;
    for (int i = 1; i < bytesPerSecond.length; i++) {
      best = bytesPerSecond[i] > bytesPerSecond[best] ? i : best;
    }
    if (bytesPerSecond[current] >= CLEARLY_SLOWER * bytesPerSecond[best]) {
      return OptionalInt.empty();
    }
    stay = stay.multipliedBy(2);
    return OptionalInt.of(best);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}

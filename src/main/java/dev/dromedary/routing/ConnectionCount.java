package dev.dromedary.routing;

import dev.dromedary.plan.ConnectionPolicy;
import dev.dromedary.plan.Sample;
import java.time.Duration;

/**
 * How many connections one attempt wants at this moment: what was settled for its source or host,
 * else what {@link ConnectionPolicy} finds. Guarded by its {@link PartFlow}.
 */
final class ConnectionCount {

  /** Longer than it takes the policy to try with fewer. */
  private static final Duration SETTLED_FOR = Duration.ofSeconds(2);

  /** How long the system is asked for no thread more than it had. */
  private static final Duration WITHOUT_THREAD = Duration.ofSeconds(30);

  private final ConnectionPolicy policy = new ConnectionPolicy();
  private final int allowed;
  private final boolean isPinned;
  private ConnectionPolicy.Phase phase = ConnectionPolicy.Phase.STARTING;
  private int wanted = 1;
  private Duration settledAt = Duration.ZERO;
  private boolean wasRefused;
  private int most;
  private Duration askedAt = Duration.ZERO;

  private ConnectionCount(int most, boolean isPinned) {
    this.allowed = most;
    this.most = most;
    this.isPinned = isPinned;
  }

  /** Finds a number from 1 to {@code most}. */
  static ConnectionCount found(int most) {
    return new ConnectionCount(most, false);
  }

  /** Wants {@code exactly} so many from the first answer on, until some are refused. */
  static ConnectionCount pinned(int exactly) {
    return new ConnectionCount(exactly, true);
  }

  int most() {
    return most;
  }

  /** Returns a number from 1 to {@link #most}. */
  int wanted() {
    return Math.min(wanted, most);
  }

  /** Returns how many there may be soon: {@link #wanted}, or more while that is not known. */
  int expected() {
    return isStarting() ? most : wanted();
  }

  /** Says whether the number is about to change, so that every sample counts. */
  boolean isStarting() {
    return !isPinned && phase == ConnectionPolicy.Phase.STARTING;
  }

  /**
   * Says whether the number has stood for a while, and no surplus connection is left.
   *
   * @param active how many there are
   * @param elapsed as told with the samples
   */
  boolean isSettled(int active, Duration elapsed) {
    return isPinned
        || (phase == ConnectionPolicy.Phase.SETTLED
            && active <= wanted()
            && elapsed.minus(settledAt).compareTo(SETTLED_FOR) >= 0);
  }

  /** Says whether fewer may be tried from now on. */
  void mayTryFewer(boolean may) {
    policy.mayTryFewer(may);
  }

  /** Is told that the server serves ranges. */
  void answered() {
    if (isPinned && !wasRefused) {
      wanted = most;
    }
  }

  void onSample(Sample sample, int mostOfHost) {
    if (most == allowed) {
      askedAt = sample.sinceStart();
    } else if (sample.sinceStart().minus(askedAt).compareTo(WITHOUT_THREAD) >= 0) {
      askedAt = sample.sinceStart();
      most++;
    }
    ConnectionPolicy.Decision found = policy.onSample(sample, Math.min(most, mostOfHost));
    if (phase != found.phase()) {
      phase = found.phase();
      settledAt = sample.sinceStart();
    }
    wanted = isPinned ? wanted : found.connections();
  }

  /**
   * Is told that the system has threads for so many, 1 or more; after a while one more is tried.
   */
  void hasMeansFor(int connections) {
    most = connections;
  }

  /** Is told that a connection was turned away while others were served. */
  void refused() {
    wasRefused = true;
    int fewer = policy.onRefused().connections();
    wanted = isPinned ? Math.max(1, wanted / 2) : fewer;
  }
}

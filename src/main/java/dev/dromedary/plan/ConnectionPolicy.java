package dev.dromedary.plan;

import java.time.Duration;

/**
 * Finds how many connections a transfer is worth, from how its total rate answers to more of them.
 *
 * <p>It begins with a {@link FastStart}. From then on time is cut into windows. The rate with the
 * present number is the base; then connections are added and the next windows are compared with it.
 * A step that shows nearly all it could bring is doubled at once. New connections may ramp up for a
 * second or two, so a smaller gain counts when the rate has stopped rising, else the ramp would be
 * taken for the gain of the next step; and a step is useless only after {@link #PATIENCE} windows.
 * What brought nothing is given back, and the number then stands for {@link #REST}; where only the
 * cap stopped it, or a busy machine, it goes on as soon as that is over, and where the rate has
 * collapsed it measures anew: what was found on another path says nothing of this one. A transfer
 * that still has {@link #LONG_REST_SECONDS} to go tries with half of what its fast start opened, as
 * often as that costs nothing.
 *
 * <p>Not thread-safe: one thread, or one lock, feeds it. Holds no clock.
 */
public final class ConnectionPolicy {

  /** How often it takes a sample while it is {@link Phase#STARTING}. */
  public static final Duration SHORTEST_LOOK = FastStart.TICK;

  /** Long enough to average out bursts, short enough for four doublings in two seconds. */
  static final Duration WINDOW = Duration.ofMillis(400);

  /** Windows until a step can fail: a new connection's ramp over a long path fits in. */
  private static final int PATIENCE = 6;

  /** Windows until a step is judged though the rate still rises: it may always rise a little. */
  private static final int LONGEST_PATIENCE = 12;

  /** What a step must bring to be kept; half of the ideal where the ideal is less than twice it. */
  private static final double WORTHWHILE = 0.10;

  /** Such a gain is no noise, so it needs no patience once it has stopped rising. */
  private static final double LARGE = 0.30;

  /** So much of what the step could bring at best: the ramp is over, and this is a steady base. */
  private static final double NEARLY_IDEAL = 0.90;

  /** One or two connections at this rate are limited by this machine, not by the path. */
  private static final double FAST_ENOUGH_BYTES_PER_SECOND = 400e6;

  /** How long a number stands before one more step is tried: paths change, but seldom. */
  private static final Duration REST = Duration.ofSeconds(30);

  /**
   * Trying with fewer costs a second or two when it fails; a shorter rest would not pay it back.
   */
  private static final double LONG_REST_SECONDS = 20;

  /** So much of the rate must be left with half of the connections for the others to go. */
  private static final double NO_LOSS = 0.93;

  /** With less of the rate than this left by as many connections it is another path. */
  private static final double COLLAPSED = 1.0 / 3;

  private final RecentRates rates = new RecentRates();
  private final FastStart fastStart = new FastStart();
  private Phase phase = Phase.STARTING;
  private int connections = 1;
  private int before = 1;
  private double base;
  private double settled;
  private double untrimmed;
  private int ceiling;
  private int windows;
  private boolean haveAllStarted;
  private boolean isHalvingUnderWay;
  private boolean isLimited;
  private boolean isMachineAtItsLimit;
  private boolean mayBeTooMany;
  private boolean mayTryFewer = true;
  private Duration settledAt = Duration.ZERO;
  private Duration windowStart = Duration.ZERO;
  private long windowStartBytes;

  /** Starts with one connection and no ceiling known. */
  public ConnectionPolicy() {
    this(Integer.MAX_VALUE);
  }

  /**
   * Starts with one connection.
   *
   * @param ceiling the most that the host has been seen to allow, 1 or more
   */
  public ConnectionPolicy(int ceiling) {
    if (ceiling < 1) {
      throw new IllegalArgumentException("ceiling " + ceiling + ": expected 1 or more");
    }
    this.ceiling = ceiling;
  }

  /**
   * Takes a sample and says how many connections there shall be; to be called some times a second,
   * and every {@link #SHORTEST_LOOK} while it is {@link Phase#STARTING}.
   *
   * @param cap how many are allowed at this moment, 1 or more
   */
  public Decision onSample(Sample sample, int cap) {
    Duration now = sample.sinceStart();
    isMachineAtItsLimit = sample.isMachineAtItsLimit();
    if (sample.active() <= connections) {
      isHalvingUnderWay = false;
    }
    int limit = Math.max(1, Math.min(cap, ceiling));
    if (phase == Phase.STARTING) {
      startFast(sample, limit);
      return new Decision(connections, phase);
    }
    if (connections > limit) {
      settle(limit, now, 0);
      isLimited = true;
    }
    boolean haveSurplusEnded = phase != Phase.TRIMMING || sample.active() <= connections;
    if (!haveAllStarted && sample.active() >= connections && haveSurplusEnded) {
      haveAllStarted = true;
      windows = 0;
      rates.clear();
      openWindow(now, sample.totalBytes());
    } else if (sample.totalBytes() < windowStartBytes) {
      openWindow(now, sample.totalBytes());
    }
    Duration open = now.minus(windowStart);
    if (open.compareTo(WINDOW) >= 0) {
      double rate = (sample.totalBytes() - windowStartBytes) / (open.toNanos() / 1e9);
      openWindow(now, sample.totalBytes());
      onWindow(rate, sample, limit);
    }
    return new Decision(connections, phase);
  }

  private void startFast(Sample sample, int limit) {
    connections = Math.min(limit, fastStart.onSample(sample, limit));
    if (!fastStart.isOver()) {
      return;
    }
    mayBeTooMany = connections > 1;
    phase = Phase.MEASURING;
    openWindow(sample.sinceStart(), sample.totalBytes());
  }

  /**
   * Notes that the host refused a connection (429, 503, connection refused): halves at once and
   * never again reaches the number that was refused. Refusals that arrive while the surplus
   * connections are still ending are the same one.
   */
  public Decision onRefused() {
    if (!isHalvingUnderWay) {
      fastStart.end();
      ceiling = Math.max(1, Math.min(ceiling, connections - 1));
      settle(Math.max(1, connections / 2), windowStart, 0);
      isHalvingUnderWay = true;
    }
    return new Decision(connections, phase);
  }

  /** Says whether it may try with fewer from now on, which takes its time. */
  public void mayTryFewer(boolean may) {
    mayTryFewer = may;
  }

  /** Returns the most the host has been seen to allow, for its next transfers. */
  public int ceiling() {
    return ceiling;
  }

  private void onWindow(double rate, Sample sample, int limit) {
    Duration now = sample.sinceStart();
    boolean isRising = rates.add(rate);
    windows++;
    switch (phase) {
      case MEASURING -> {
        boolean isSteady = windows >= 2 && !isRising;
        if (smoothed() > 0 && (isSteady || windows >= PATIENCE)) {
          grow(connections * 2, now, limit);
        }
      }
      case GROWING -> {
        if (hasCollapsed(sample, base)) {
          measureAnew();
        } else {
          judgeStep(rate, isRising, now, limit);
        }
      }
      case TRIMMING -> {
        if (haveAllStarted && windows >= RecentRates.KEPT) {
          judgeTrim(now);
        }
      }
      case SETTLED -> {
        settled = settled == 0 && windows >= RecentRates.KEPT ? smoothed() : settled;
        if (hasCollapsed(sample, settled)) {
          measureAnew();
        } else if (isWorthTrimming(sample)) {
          trim();
        } else if (isLimited && limit > connections && windows >= RecentRates.KEPT) {
          grow(connections * 2, now, limit);
        } else if (now.minus(settledAt).compareTo(REST) >= 0) {
          grow(connections + Math.max(1, connections / 4), now, limit);
        }
      }
    }
  }

  private void judgeStep(double rate, boolean isRising, Duration now, int limit) {
    double ideal = (double) connections / before - 1;
    double gain = rate / base - 1;
    boolean isLarge = windows >= 2 && !isRising && gain >= Math.max(LARGE, ideal / 2);
    boolean isIdeal = gain >= Math.max(LARGE, ideal * NEARLY_IDEAL);
    if (haveAllStarted && (isLarge || isIdeal)) {
      grow(connections * 2, now, limit);
    } else if (windows >= (isRising || rate < base * COLLAPSED ? LONGEST_PATIENCE : PATIENCE)) {
      if (smoothed() / base - 1 >= Math.min(WORTHWHILE, ideal / 2)) {
        grow(connections + Math.max(1, connections / 4), now, limit);
      } else {
        settle(before, now, base);
      }
    }
  }

  private boolean hasCollapsed(Sample sample, double rateBefore) {
    return sample.active() >= connections && rates.areAllBelow(rateBefore * COLLAPSED);
  }

  /** What is found now may be too many, as after a fast start, where it was only a dip. */
  private void measureAnew() {
    mayBeTooMany = true;
    untrimmed = 0;
    start(connections, Phase.MEASURING);
  }

  private boolean isWorthTrimming(Sample sample) {
    return mayTryFewer
        && mayBeTooMany
        && connections > 1
        && windows >= RecentRates.KEPT
        && smoothed() > 0
        && sample.missingBytes() > smoothed() * LONG_REST_SECONDS;
  }

  private void trim() {
    untrimmed = Math.max(untrimmed, smoothed());
    before = connections;
    start(connections / 2, Phase.TRIMMING);
    haveAllStarted = false;
  }

  private void judgeTrim(Duration now) {
    mayBeTooMany = smoothed() >= untrimmed * NO_LOSS;
    settle(mayBeTooMany ? connections : before, now, untrimmed);
  }

  private void grow(int wanted, Duration now, int limit) {
    boolean isFastEnough = connections <= 2 && smoothed() >= FAST_ENOUGH_BYTES_PER_SECOND;
    int next = Math.min(wanted, limit);
    if (next <= connections || isFastEnough || isMachineAtItsLimit || smoothed() == 0) {
      settle(connections, now, smoothed());
      isLimited = next <= connections || isMachineAtItsLimit;
      return;
    }
    base = smoothed();
    before = connections;
    start(next, Phase.GROWING);
  }

  private void settle(int number, Duration now, double rate) {
    start(number, Phase.SETTLED);
    settled = rate;
    settledAt = now;
    isLimited = false;
  }

  private void start(int number, Phase next) {
    haveAllStarted = haveAllStarted && number <= connections;
    connections = number;
    phase = next;
    windows = 0;
    rates.clear();
  }

  private void openWindow(Duration now, long totalBytes) {
    windowStart = now;
    windowStartBytes = totalBytes;
  }

  private double smoothed() {
    return rates.average();
  }

  /**
   * How many connections there shall be.
   *
   * @param connections 1 or more; surplus ones end with their parts
   * @param phase what it is doing
   */
  public record Decision(int connections, Phase phase) {}

  /** What the search is doing. */
  public enum Phase {
    /** Opening connections on suspicion, within the first tenths of a second. */
    STARTING,
    /** Measuring the first rate. */
    MEASURING,
    /** Watching what the last addition brings. */
    GROWING,
    /** Watching what half of them lose. */
    TRIMMING,
    /** Standing still until the next try. */
    SETTLED
  }
}

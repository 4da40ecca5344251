package dev.dromedary.routing;

import dev.dromedary.plan.PartProgress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How fast the parts of one attempt come, smoothed over about a second. Guarded by its {@link
 * PartFlow}, but for {@link #received}.
 */
final class PartRates {

  private static final double SMOOTHING_SECONDS = 1.0;
  private static final long SPACING_NANOS = 50_000_000L;

  /** Long enough for two samples. */
  private static final long SHORTEST_YOUTH_NANOS = 100_000_000L;

  private final LongSupplier nanoClock;
  private final LongAdder total = new LongAdder();
  private final LongAdder backlog = new LongAdder();
  private final Map<Part, Sample> parts = new IdentityHashMap<>();
  private long beganNanos;
  private long sampledNanos;
  private long sampledTotal;
  private long sampledBacklog;
  private double backlogShare;
  private double perConnection;
  private double startSeconds = 0.2;
  private double leastStartSeconds = startSeconds;

  PartRates(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.beganNanos = nanoClock.getAsLong();
    this.sampledNanos = beganNanos;
  }

  /** Starts the clock at the first answer, so that the server's thinking does not count. */
  void begin() {
    if (total.sum() == 0) {
      beganNanos = nanoClock.getAsLong();
    }
  }

  /** Notes bytes; {@code waited} says that they were here before they were read. */
  void received(int bytes, boolean waited) {
    total.add(bytes);
    if (waited) {
      backlog.add(bytes);
    }
  }

  long totalBytes() {
    return total.sum();
  }

  long elapsedNanos() {
    return nanoClock.getAsLong() - beganNanos;
  }

  /** Notes that a part begins. */
  void started(Part part) {
    parts.put(part, new Sample(part.bornNanos()));
  }

  /** Notes that a part's answer is here. */
  void answered(Part part) {
    Sample sample = parts.get(part);
    if (sample != null) {
      double own = (nanoClock.getAsLong() - sample.bornNanos) / 1e9;
      startSeconds = (startSeconds + own) / 2;
      leastStartSeconds = Math.min(leastStartSeconds, own);
    }
  }

  /** Notes that a part ended; a short one may have come and gone between two samples. */
  void ended(Part part) {
    Sample sample = parts.remove(part);
    if (sample != null && part.receivedBytes() > 0) {
      double seconds = (nanoClock.getAsLong() - sample.bornNanos) / 1e9;
      double known = perConnection == 0 ? 0 : SMOOTHING_SECONDS;
      perConnection = (perConnection * known + part.receivedBytes()) / (known + seconds);
    }
  }

  /** Says whether the last sample is old enough for another one. */
  boolean isDue() {
    return untilDueNanos() <= 0;
  }

  /** Returns for how many milliseconds no sample need be taken, 1 or more. */
  long untilDueMillis() {
    long left = untilDueNanos();
    return (left > 0 ? left : SPACING_NANOS) / 1_000_000 + 1;
  }

  private long untilDueNanos() {
    return SPACING_NANOS - (nanoClock.getAsLong() - sampledNanos);
  }

  /** Takes a look at every part that runs. */
  void sample() {
    long now = nanoClock.getAsLong();
    sampledNanos = now;
    sampleBacklog();
    double sum = 0;
    for (Map.Entry<Part, Sample> running : parts.entrySet()) {
      Sample sample = running.getValue();
      sample.look(running.getKey().receivedBytes(), now);
      sum += sample.perSecond;
    }
    perConnection = sum == 0 ? perConnection : sum / parts.size();
  }

  private void sampleBacklog() {
    long totalNow = total.sum();
    long backlogNow = backlog.sum();
    long came = totalNow - sampledTotal;
    backlogShare = came <= 0 ? 0 : Math.min(1, (double) (backlogNow - sampledBacklog) / came);
    sampledTotal = totalNow;
    sampledBacklog = backlogNow;
  }

  /**
   * Returns how much of what came between the last two samples was here before it was read, 0 to 1.
   */
  double backlogShare() {
    return backlogShare;
  }

  /** Returns bytes a second of one part, 0 when nothing is known. */
  double of(Part part) {
    Sample sample = parts.get(part);
    return sample == null ? 0 : sample.perSecond;
  }

  /** Says whether a part is too young for its rate to say anything. */
  boolean isStarting(Part part) {
    Sample sample = parts.get(part);
    double youthNanos = Math.max(SHORTEST_YOUTH_NANOS, 2e9 * startSeconds);
    return sample != null && nanoClock.getAsLong() - sample.bornNanos < youthNanos;
  }

  /** Returns how one connection fares. */
  PartProgress.Path path() {
    return new PartProgress.Path(
        perConnection, duration(startSeconds), duration(leastStartSeconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private static final class Sample {
    private final long bornNanos;
    private long lastNanos;
    private long lastBytes;
    private double perSecond;

    Sample(long now) {
      bornNanos = now;
      lastNanos = now;
    }

    void look(long bytes, long now) {
      double seconds = (now - lastNanos) / 1e9;
      if (seconds <= 0) {
        return;
      }
      double fresh = (bytes - lastBytes) / seconds;
      boolean young = (now - bornNanos) / 1e9 < SMOOTHING_SECONDS;
      double weight = young ? 0.5 : Math.min(1, seconds / SMOOTHING_SECONDS);
      perSecond = perSecond == 0 ? fresh : perSecond + weight * (fresh - perSecond);
      lastNanos = now;
      lastBytes = bytes;
    }
  }
}

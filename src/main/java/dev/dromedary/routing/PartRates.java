package dev.dromedary.routing;

import dev.dromedary.plan.ConnectionPolicy;
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
  private static final long SPACING_NANOS = ConnectionPolicy.SHORTEST_LOOK.toNanos();

  /** Long enough for two samples. */
  private static final long SHORTEST_YOUTH_NANOS = 2 * SPACING_NANOS;

  private final LongSupplier nanoClock;
  private final LongAdder total = new LongAdder();
  private final Map<Part, Sample> parts = new IdentityHashMap<>();
  private long beganNanos;
  private long sampledNanos;
  private long servedNanos;
  private long workedNanos;
  private double readersBusy;
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

  void received(int bytes) {
    total.add(bytes);
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
    if (sample == null) {
      return;
    }
    long now = nanoClock.getAsLong();
    work(part, sample, now);
    if (part.receivedBytes() > 0) {
      double seconds = (now - sample.bornNanos) / 1e9;
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
    double sum = 0;
    for (Map.Entry<Part, Sample> running : parts.entrySet()) {
      Sample sample = running.getValue();
      work(running.getKey(), sample, now);
      sample.look(running.getKey().receivedBytes(), now);
      sum += sample.perSecond;
    }
    readersBusy = servedNanos == 0 ? 0 : Math.min(1, (double) workedNanos / servedNanos);
    servedNanos = 0;
    workedNanos = 0;
    perConnection = sum == 0 ? perConnection : sum / parts.size();
  }

  /** Notes for how long a part has been read since it was last looked at. */
  private void work(Part part, Sample sample, long now) {
    long served = part.servedForNanos(now);
    long worked = part.workedNanos(now);
    servedNanos += Math.max(0, served - sample.servedNanos);
    workedNanos += Math.max(0, worked - sample.workedNanos);
    sample.servedNanos = served;
    sample.workedNanos = worked;
  }

  /**
   * Returns how much of the time between the last two samples those who read bodies had something
   * to read: 0 to 1.
   */
  double readersBusy() {
    return readersBusy;
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
    private long servedNanos;
    private long workedNanos;
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

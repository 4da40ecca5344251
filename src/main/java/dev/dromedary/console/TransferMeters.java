package dev.dromedary.console;

import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransferListener;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of transfers: counts by outcome and code, durations, sizes and rates. Thread-safe.
 */
final class TransferMeters implements TransferListener {

  private static final double KIB = 1024;
  private static final double MIB = KIB * KIB;
  private static final double GIB = MIB * KIB;

  private static final List<TransferState> OUTCOMES =
      List.of(
          TransferState.LANDED,
          TransferState.UNCHANGED,
          TransferState.FAILED,
          TransferState.CANCELLED);

  private static final Duration[] DURATIONS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(16),
    Duration.ofDays(2)
  };

  private final MeterRegistry registry;
  private final Counter landedBytes;
  private final Counter refetchedBytes;
  private final Timer duration;
  private final DistributionSummary size;
  private final DistributionSummary rate;

  TransferMeters(MeterRegistry registry) {
    this.registry = registry;
    landedBytes =
        Counter.builder("dromedary.landed.bytes")
            .description("Bytes of files that landed.")
            .register(registry);
    refetchedBytes =
        Counter.builder("dromedary.refetched.bytes")
            .description(
                "Bytes of ended transfers that came over the network and were no progress.")
            .register(registry);
    duration =
        Timer.builder("dromedary.transfer.duration")
            .description("How long transfers took that landed.")
            .serviceLevelObjectives(DURATIONS)
            .register(registry);
    size =
        DistributionSummary.builder("dromedary.transfer.size")
            .baseUnit("bytes")
            .description("How large files were that landed.")
            .serviceLevelObjectives(
                MIB, 16 * MIB, 128 * MIB, GIB, 8 * GIB, 64 * GIB, 512 * GIB, KIB * GIB)
            .register(registry);
    rate =
        DistributionSummary.builder("dromedary.transfer.rate")
            .baseUnit("bytes_per_second")
            .description("The average rate at which files came that landed.")
            .serviceLevelObjectives(
                64 * KIB, 256 * KIB, MIB, 4 * MIB, 16 * MIB, 64 * MIB, 256 * MIB, GIB, 4 * GIB)
            .register(registry);
    OUTCOMES.forEach(outcome -> ended(outcome, null));
  }

  @Override
  public void onEvent(TransferEvent event) {
    if (event.state() == TransferState.RETRYING && event.code() != null) {
      Counter.builder("dromedary.attempts.failed")
          .description("Attempts that failed and were followed by another, by code.")
          .tag("code", event.code().label())
          .register(registry)
          .increment();
    }
    if (!event.state().isTerminal()) {
      return;
    }
    ended(event.state(), event.code()).increment();
    refetchedBytes.increment(Math.max(0, event.networkBytes() - event.receivedBytes()));
    if (event.state() == TransferState.LANDED) {
      landedBytes.increment(event.receivedBytes());
      duration.record(event.took());
      size.record(event.receivedBytes());
      if (event.networkBytes() > 0) {
        rate.record(event.averageBytesPerSecond());
      }
    }
  }

  private Counter ended(TransferState outcome, @Nullable FailureCode code) {
    return Counter.builder("dromedary.transfers")
        .description("Transfers that ended, by outcome and failure code.")
        .tag("outcome", outcome.word())
        .tag("code", code == null ? "none" : code.label())
        .register(registry);
  }
}

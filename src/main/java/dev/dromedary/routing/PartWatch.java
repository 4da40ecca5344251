package dev.dromedary.routing;

import dev.dromedary.origin.OriginSlots;
import dev.dromedary.plan.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Looks at the parts of an attempt now and then: how fast they come, and what that says of how many
 * connections are worth having, and to whom. Guarded by its {@link PartFlow}.
 */
final class PartWatch {

  /** Who has nothing else to do takes the rest of a part over that has been silent for so long. */
  private static final long SILENT_NANOS = 5_000_000_000L;

  /**
   * Where nobody has been heard for so long, the server is silent, which has a limit of its own.
   */
  private static final long ALL_SILENT_NANOS = 2 * SILENT_NANOS;

  /** Longer than a part takes as a rule. */
  private static final long LONGEST_SURPLUS_NANOS = 5_000_000_000L;

  private final TransferRun run;
  private final ConnectionCount connections;
  private final PartRates rates;
  private final PartMirrors mirrors;
  private final PartGuard guard;
  private final OriginSlots slots;
  private final LongSupplier nanoClock;
  private volatile long heardNanos;
  private long noSurplusNanos;

  PartWatch(
      TransferRun run,
      ConnectionCount connections,
      PartRates rates,
      PartMirrors mirrors,
      PartGuard guard,
      TransferServices services) {
    this.run = run;
    this.connections = connections;
    this.rates = rates;
    this.mirrors = mirrors;
    this.guard = guard;
    this.slots = services.slots();
    this.nanoClock = services.nanoClock();
    this.noSurplusNanos = nanoClock.getAsLong();
  }

  /** Is told that bytes of some part came. */
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** Lets a silent part leave what it has not received; says whether there was one. */
  boolean takesFromSilent(List<Part> active) {
    long now = nanoClock.getAsLong();
    boolean isAllSilent = heardNanos == 0 || now - heardNanos > ALL_SILENT_NANOS;
    if (isAllSilent || guard.heldBack() > 0) {
      return false;
    }
    Optional<Part> silent =
        active.stream()
            .filter(part -> part.isServed() && !part.hasLeft() && part.remainingBytes() > 0)
            .filter(part -> now - part.heardNanos() > SILENT_NANOS)
            .findFirst();
    silent.ifPresent(part -> part.leaveRest(now));
    return silent.isPresent();
  }

  /**
   * Takes a sample when it is time for one.
   *
   * @param isRanged whether parts may be asked for, so that one may end where it is
   */
  void look(List<Part> active, boolean answered, boolean isRanged) {
    if (active.isEmpty() || !answered || !rates.isDue()) {
      return;
    }
    rates.sample();
    long now = nanoClock.getAsLong();
    active.forEach(part -> part.breakOffIfSilent(now));
    endSurplus(active, now);
    if (isHeldBackByUs(active)) {
      return;
    }
    Duration elapsed = Duration.ofNanos(rates.elapsedNanos());
    long receiving = active.stream().filter(part -> part.receivedBytes() > 0).count();
    if (!mirrors.isTrying()) {
      connections.mayTryFewer(!mirrors.hasUntried(active));
      connections.onSample(
          new Sample(
              elapsed,
              rates.totalBytes(),
              run.missingBytes(),
              active.size(),
              Math.toIntExact(receiving),
              rates.readersBusy(),
              Runtime.getRuntime().availableProcessors()),
          mostOfHosts(active));
    }
    if (isRanged && (mirrors.isTrying() || connections.isSettled(active.size(), elapsed))) {
      mirrors.look(active, elapsed);
    }
  }

  /** Surplus connections end with their parts, but for those whose parts would take long. */
  private void endSurplus(List<Part> active, long now) {
    long served = active.stream().filter(part -> part.isServed() && !part.hasLeft()).count();
    long surplus = served - connections.wanted();
    if (surplus <= 0) {
      noSurplusNanos = now;
    } else if (now - noSurplusNanos > LONGEST_SURPLUS_NANOS) {
      Part.leaveRest(active.stream(), surplus, now);
    }
  }

  /** Where our own limits decide the rate, it says nothing of what more connections would bring. */
  private boolean isHeldBackByUs(List<Part> active) {
    return 2 * guard.heldBack() >= active.size();
  }

  /** Returns how many connections the hosts that are asked grant, all together. */
  private int mostOfHosts(List<Part> active) {
    return active.stream()
        .map(part -> part.mirror().currentHost())
        .distinct()
        .mapToInt(host -> Math.min(connections.most(), slots.mostConnections(host)))
        .sum();
  }
}

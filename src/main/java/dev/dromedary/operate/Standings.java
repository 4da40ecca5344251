package dev.dromedary.operate;

import dev.dromedary.ledger.OperatorLedger;
import dev.dromedary.ledger.SourceStanding;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How all sources stand, read again only after ten times as long as reading takes, so that many who
 * look often cost a tenth of a processor at most. Thread-safe.
 */
final class Standings {

  private static final long FRESH_NANOS = 1_000_000_000L;
  private static final int PAUSE_FACTOR = 10;

  private final OperatorLedger ledger;
  private final LongSupplier nanoClock;
  private Map<String, SourceStanding> known = Map.of();
  private boolean isRead;
  private long readAt;
  private long cost;

  Standings(OperatorLedger ledger, LongSupplier nanoClock) {
    this.ledger = ledger;
    this.nanoClock = nanoClock;
  }

  /** Returns how they stood a moment ago. */
  synchronized Map<String, SourceStanding> lately() {
    long age = nanoClock.getAsLong() - readAt;
    return isRead && age < Math.max(FRESH_NANOS, PAUSE_FACTOR * cost) ? known : now();
  }

  /** Returns how they stand. */
  synchronized Map<String, SourceStanding> now() {
    long begun = nanoClock.getAsLong();
    known = ledger.standings();
    readAt = nanoClock.getAsLong();
    cost = readAt - begun;
    isRead = true;
    return known;
  }
}

package dev.dromedary.plan;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rates of the last windows, in bytes a second. Not thread-safe. */
final class RecentRates {

  /** Rates are averaged over this many windows before anything is given back. */
  static final int KEPT = 3;

  /** More than this from one window to the next is a rise and no noise. */
  private static final double STILL_RISING = 1.08;

  private final Deque<Double> rates = new ArrayDeque<>();

  /** Adds that of the window that is over; returns whether it rises. */
  boolean add(double rate) {
    boolean isRising = !rates.isEmpty() && rate > rates.peekLast() * STILL_RISING;
    rates.addLast(rate);
    if (rates.size() > KEPT) {
      rates.removeFirst();
    }
    return isRising;
  }

  void clear() {
    rates.clear();
  }

  /** Returns their average, 0 without any. */
  double average() {
    return rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Says whether all of them are below a rate, and none is a pause. */
  boolean areAllBelow(double bytesPerSecond) {
    return rates.size() == KEPT
        && rates.stream().allMatch(rate -> rate > 0 && rate < bytesPerSecond);
  }
}

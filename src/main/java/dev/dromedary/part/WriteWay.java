package dev.dromedary.part;

/**
 * Chooses how the next large chunk of a file is written, by what the last ones cost: through the
 * page cache as long as that is cheap, as it is where memory is at hand; else the cheaper of the
 * two, tried anew from time to time. Thread-safe; holds no clock.
 */
final class WriteWay {

  /** A gigabyte a second: hardly a disk is as fast, so that there is nothing to gain. */
  private static final double CHEAP_NANOS_PER_BYTE = 1;

  /** So much cheaper the other way has to be for a change. */
  private static final double CLEARLY = 0.8;

  /** How much the last write counts. */
  private static final double WEIGHT = 0.25;

  private static final int FIRST_LOOK = 8;
  private static final int LOOK_AGAIN = 256;
  private static final int TRIAL = 4;

  private final Cost cached = new Cost();
  private final Cost direct = new Cost();
  private boolean isDirect;
  private boolean isTrial;
  private int left = FIRST_LOOK;

  /** Says whether the next chunk is to be written past the cache. */
  synchronized boolean isDirect() {
    return isDirect != isTrial;
  }

  /** Is told what a chunk cost. */
  synchronized void wrote(boolean directly, long bytes, long nanos) {
    (directly ? direct : cached).add((double) nanos / bytes);
    if (directly == isDirect() && --left <= 0) {
      look();
    }
  }

  private void look() {
    if (isTrial) {
      isTrial = false;
      Cost used = isDirect ? direct : cached;
      Cost tried = isDirect ? cached : direct;
      isDirect ^= tried.nanosPerByte < used.nanosPerByte * CLEARLY;
      left = LOOK_AGAIN;
    } else if (isDirect || cached.nanosPerByte > CHEAP_NANOS_PER_BYTE) {
      isTrial = true;
      (isDirect ? cached : direct).forget();
      left = TRIAL;
    } else {
      left = LOOK_AGAIN;
    }
  }

  /** The average cost of a way, the newest counting most. */
  private static final class Cost {
    private double nanosPerByte = -1;

    void add(double one) {
      nanosPerByte = nanosPerByte < 0 ? one : nanosPerByte + WEIGHT * (one - nanosPerByte);
    }

    void forget() {
      nanosPerByte = -1;
    }
  }
}

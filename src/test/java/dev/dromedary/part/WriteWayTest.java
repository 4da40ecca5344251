package dev.dromedary.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each chunk goes the way that was cheaper for the last ones. */
class WriteWayTest {

  private static final int CHUNK = 512 << 10;

  private final WriteWay way = new WriteWay();

  @Test
  void staysWithTheCache_whereMemoryIsAtHand() {
    assertThat(directOf(2_000, 0.3, 0.1)).isZero();
  }

  @Test
  void passesByTheCache_whereMemoryCostsMoreThanTheDisk() {
    assertThat(directOf(1_000, 3.5, 1.4)).isGreaterThan(950);
  }

  @Test
  void returnsToTheCache_whenMemoryIsAtHandAgain() {
    directOf(1_000, 3.5, 1.4);
    assertThat(directOf(2_000, 0.3, 1.4)).isLessThan(300);
  }

  @Test
  void staysWithTheCache_whereTheDiskIsSlowerStill() {
    assertThat(directOf(2_000, 3.5, 5)).isLessThan(50);
  }

  @Test
  void changesForNoSmallGain() {
    assertThat(directOf(2_000, 1.5, 1.4)).isLessThan(50);
  }

  /** Writes chunks at a cost in nanoseconds a byte; gives how many went past the cache. */
  private int directOf(int chunks, double cached, double direct) {
    int count = 0;
    for (int i = 0; i < chunks; i++) {
      boolean isDirect = way.isDirect();
      count += isDirect ? 1 : 0;
      way.wrote(isDirect, CHUNK, (long) (CHUNK * (isDirect ? direct : cached)));
    }
    return count;
  }
}

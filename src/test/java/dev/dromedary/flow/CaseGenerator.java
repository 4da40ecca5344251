package dev.dromedary.flow;

import dev.dromedary.demo.Resource.EtagKind;
import dev.dromedary.flow.GeneratedCase.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws cases, most of them at the edges where lengths, chunks and cuts meet. */
final class CaseGenerator {

  private static final long MIB = 1 << 20;

  private final Random random;
  private final int chunkBytes;

  /** Creates a generator of the cases that follow from the random numbers. */
  CaseGenerator(Random random, int chunkBytes) {
    this.random = random;
    this.chunkBytes = chunkBytes;
  }

  GeneratedCase next() {
    boolean isParted = random.nextInt(3) == 0;
    long size = isParted ? 3 * MIB + random.nextInt((int) (5 * MIB)) : smallSize();
    ServerHabit habit = one(5) ? ServerHabit.RANGES : any(ServerHabit.values());
    EtagKind etag = one(2) ? EtagKind.STRONG : any(EtagKind.values());
    return new GeneratedCase(
        size,
        isParted ? 2 + random.nextInt(5) : one(2) ? 0 : 1 + random.nextInt(6),
        isParted || one(8) ? 1_500_000 + random.nextInt(3_000_000) : 0,
        isParted && !one(4) ? ServerHabit.RANGES : habit,
        etag,
        one(2),
        one(2),
        one(5) ? any(new Mirror[] {Mirror.DEAD, Mirror.MISSING}) : Mirror.NONE,
        faults(size, habit));
  }

  private long smallSize() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(2);
      case 1 -> chunkBytes - 1L + random.nextInt(3);
      case 2 -> (long) chunkBytes * (1 + random.nextInt(20));
      case 3 -> MIB - 1 + random.nextInt(3);
      case 4 -> any(new Long[] {2L, 8191L, 65_537L, 131_071L, 1_000_003L});
      default -> random.nextInt((int) MIB);
    };
  }

  /** A body without an announced end cannot be cut unnoticed but by a reset. */
  private List<String> faults(long size, ServerHabit habit) {
    List<String> faults = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      int kind = random.nextInt(10);
      boolean reset = habit == ServerHabit.UNTOLD || kind < 3;
      if (kind == 9) {
        faults.add("s503");
      } else if (kind == 8) {
        faults.add("-");
      } else {
        faults.add(cut(size) + (reset ? "r" : ""));
      }
    }
    return faults;
  }

  private long cut(long size) {
    long at =
        switch (random.nextInt(8)) {
          case 0 -> random.nextInt(2);
          case 1 -> chunkBytes - 1L + random.nextInt(3);
          case 2 -> size - 1;
          case 3 -> size / 2;
          case 4 -> (long) chunkBytes * random.nextInt(8);
          default -> (long) (random.nextDouble() * size);
        };
    return Math.max(0, at);
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T any(T[] values) {
    return values[random.nextInt(values.length)];
  }
}

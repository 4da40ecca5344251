package dev.dromedary.part;

import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.ByteRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random but repeatable life of one part file: parts that come and go, checkpoints, new versions,
 * restarts; it remembers what was promised.
 */
final class Workload {

  private static final int FILE_BYTES = 60_000;
  private static final int MAX_WRITE_BYTES = 4_000;

  private final Random random;
  private final List<PartWriter> writers = new ArrayList<>();
  private int version = 1;
  private ByteRanges written = ByteRanges.EMPTY;
  private ByteRanges synced = ByteRanges.EMPTY;

  Workload(long seed) {
    this.random = new Random(seed);
  }

  /** Returns the version whose bytes are promised; 0 while a switch is under way. */
  int version() {
    return version;
  }

  /** Returns what was written, as far as the writes returned. */
  ByteRanges written() {
    return written;
  }

  /** Returns what was there when the last checkpoint returned. */
  ByteRanges synced() {
    return synced;
  }

  void run(SimulatedDisk disk, int actions) {
    PartFile file = Staged.open(disk, Staged.BOOT);
    file.begin(Staged.facts(version));
    for (int i = 0; i < actions; i++) {
      file = act(disk, file);
    }
  }

  private PartFile act(SimulatedDisk disk, PartFile file) {
    int dice = random.nextInt(100);
    if (dice < 15) {
      writers.add(file.openPart(random.nextInt(FILE_BYTES)));
    } else if (dice < 70) {
      writeSome();
    } else if (dice < 78) {
      closeOne();
    } else if (dice < 88) {
      file.checkpoint();
      synced = written;
    } else if (dice < 92) {
      file.learn(file.facts().orElseThrow().withLength(FILE_BYTES));
    } else if (dice < 96) {
      return restart(disk, file);
    } else {
      return startOver(disk, file);
    }
    return file;
  }

  private void writeSome() {
    if (!writers.isEmpty()) {
      PartWriter writer = writers.get(random.nextInt(writers.size()));
      long from = writer.position();
      Staged.write(writer, version, 1 + random.nextInt(MAX_WRITE_BYTES));
      written = written.plus(new ByteRange(from, writer.position()));
    }
  }

  private void closeOne() {
    if (!writers.isEmpty()) {
      writers.remove(random.nextInt(writers.size())).close();
    }
  }

  private PartFile restart(SimulatedDisk disk, PartFile file) {
    if (random.nextBoolean()) {
      boolean isAdopted = !writers.isEmpty();
      file.close();
      synced = isAdopted ? written : synced;
    }
    writers.clear();
    return Staged.open(disk, Staged.BOOT);
  }

  private PartFile startOver(SimulatedDisk disk, PartFile file) {
    int next = version + 1;
    writers.forEach(PartWriter::close);
    writers.clear();
    version = 0;
    written = ByteRanges.EMPTY;
    synced = ByteRanges.EMPTY;
    PartFile again = file;
    if (random.nextBoolean()) {
      file.discard();
      again = Staged.open(disk, Staged.BOOT);
    }
    again.begin(Staged.facts(next));
    version = next;
    return again;
  }
}

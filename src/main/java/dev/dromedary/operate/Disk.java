package dev.dromedary.operate;

import dev.dromedary.observe.ProgressBoard;
import dev.dromedary.observe.ProgressSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What is free and what is needed on the disk of the work directory. Thread-safe. */
final class Disk {

  private final Path work;
  private final Path ledger;
  private final ProgressBoard board;

  Disk(ServiceFacts facts, ProgressBoard board) {
    this.work = facts.work();
    this.ledger = facts.ledger();
    this.board = board;
  }

  /** Returns the free bytes; -1 when that cannot be told. */
  long freeBytes() {
    try {
      return Files.getFileStore(work).getUsableSpace();
    } catch (IOException unknown) {
      return -1;
    }
  }

  /** Returns what the running transfers still need, as far as their lengths are known. */
  long reservedBytes() {
    return board.running().stream().mapToLong(Disk::missing).sum();
  }

  /** Returns the size of the ledger with its journal. */
  long ledgerBytes() {
    return Stream.of("", "-wal").mapToLong(end -> size(Path.of(ledger + end))).sum();
  }

  private static long missing(ProgressSnapshot running) {
    return Math.max(0, running.totalBytes().orElse(0) - running.receivedBytes());
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException absent) {
      return 0;
    }
  }
}

package dev.dromedary.ledger;

import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import dev.dromedary.transfer.Validators;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real ledger in a directory of its own, and the ways a transfer gets to each state. */
abstract class LedgerTestBase {

  static final FileStamp STAMP =
      new FileStamp(42, Instant.parse("2026-02-28T23:59:59.123456789Z"), "(dev=1,ino=2)");
  static final LandedFile LANDED_FILE =
      new LandedFile(
          "landing/a.bin",
          STAMP,
          new Validators("\"v1\"", "Sat, 28 Feb 2026 00:00:00 GMT", "r1"),
          "f1",
          "sha-256");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  final SettableClock clock = new SettableClock();

  @SuppressWarnings("NullAway.Init")
  Ledger ledger;

  @BeforeEach
  void openLedger() {
    ledger = open(file());
  }

  @AfterEach
  void closeLedger() {
    ledger.close();
  }

  Path file() {
    return directory.resolve("ledger.db");
  }

  Ledger open(Path database) {
    return Ledger.open(
        new LedgerSettings(database, Duration.ofMillis(100), 2), clock, new Random(7));
  }

  TransferRecord enqueued(String sourceId) {
    return ledger.enqueue(sourceId, sourceId + ".bin", null).orElseThrow();
  }

  TransferRecord running(String sourceId) {
    return ledger.claim(enqueued(sourceId).id(), "w1").orElseThrow();
  }

  TransferRecord failed(String sourceId) {
    TransferRecord running = running(sourceId);
    return ledger.advance(running, running.failed(FailureCode.NOT_FOUND, "404"));
  }

  TransferRecord delivering(String sourceId) {
    TransferRecord running = running(sourceId);
    TransferRecord verifying = ledger.advance(running, running.withState(TransferState.VERIFYING));
    return ledger.advance(verifying, verifying.delivering(STAMP, "asked", "sha-256"));
  }

  TransferRecord landed(String sourceId) {
    return ledger.landed(delivering(sourceId), LANDED_FILE);
  }

  TransferRecord unchanged(String sourceId) {
    TransferRecord running = running(sourceId);
    return ledger.advance(running, running.withState(TransferState.UNCHANGED));
  }

  /** Brings a new transfer of the source into the state, by legal steps only. */
  TransferRecord inState(String sourceId, TransferState state) {
    return switch (state) {
      case QUEUED -> enqueued(sourceId);
      case RUNNING -> running(sourceId);
      case RETRYING -> step(running(sourceId), state);
      case VERIFYING -> step(running(sourceId), state);
      case DELIVERING -> delivering(sourceId);
      case LANDED -> landed(sourceId);
      case UNCHANGED -> unchanged(sourceId);
      case FAILED -> failed(sourceId);
      case CANCELLED -> step(running(sourceId), state);
    };
  }

  TransferRecord step(TransferRecord from, TransferState next) {
    return next == TransferState.LANDED
        ? ledger.landed(from, LANDED_FILE)
        : ledger.advance(from, as(from, next));
  }

  static TransferRecord as(TransferRecord from, TransferState next) {
    return switch (next) {
      case RETRYING -> from.retrying(FailureCode.SERVER_ERROR, "500", null, null);
      case FAILED -> from.failed(FailureCode.NOT_FOUND, "404");
      case CANCELLED -> from.cancelled("left the list");
      default -> from.withState(next);
    };
  }
}

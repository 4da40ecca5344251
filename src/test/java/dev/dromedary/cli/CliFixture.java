package dev.dromedary.cli;

import dev.dromedary.observe.ProgressSnapshot;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A command line whose streams are memory, and values to show on it. */
final class CliFixture {

  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final CliEnvironment environment;

  CliFixture(Path home, Path directory) {
    this(home, directory, "");
  }

  /** With a text on standard input. */
  CliFixture(Path home, Path directory, String in) {
    environment =
        new CliEnvironment(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Terminal.NONE,
            Terminal.NONE,
            home,
            directory,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  int execute(String... args) {
    return Dromedary.execute(environment, args);
  }

  /** Parses without running and returns the command that would run. */
  <T> T parse(Class<T> type, String... args) {
    var parsed = Dromedary.commandLine(environment).parseArgs(args);
    return type.cast(parsed.subcommand().commandSpec().userObject());
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  static ProgressSnapshot running(String id, OptionalLong total, long received) {
    return snapshot(id, TransferState.RUNNING, total, received, 1, null, null);
  }

  /** One that waits for a connection to a host. */
  static ProgressSnapshot awaiting(String id, String host) {
    return snapshot(id, TransferState.RUNNING, OptionalLong.empty(), 0, 0, host, 1, null, null);
  }

  static ProgressSnapshot snapshot(
      String id,
      TransferState state,
      OptionalLong total,
      long received,
      int attempt,
      @Nullable FailureCode failure,
      @Nullable Instant retryAt) {
    return snapshot(id, state, total, received, 4, null, attempt, failure, retryAt);
  }

  private static ProgressSnapshot snapshot(
      String id,
      TransferState state,
      OptionalLong total,
      long received,
      int connections,
      @Nullable String awaitedHost,
      int attempt,
      @Nullable FailureCode failure,
      @Nullable Instant retryAt) {
    return new ProgressSnapshot(
        "t-" + id,
        id,
        id,
        state,
        NOW.minusSeconds(10),
        Duration.ofSeconds(10),
        total,
        received,
        0,
        received,
        10L << 20,
        10L << 20,
        total.isPresent() ? Duration.ofSeconds(65) : null,
        connections,
        awaitedHost,
        attempt,
        failure,
        null,
        retryAt);
  }

  static TransferEvent ended(String id, TransferState state, @Nullable FailureCode code) {
    return ended(id, state, code, 3L << 20);
  }

  /** The same, of which so much came over the network. */
  static TransferEvent ended(
      String id, TransferState state, @Nullable FailureCode code, long networkBytes) {
    return new TransferEvent(
        NOW,
        "t-" + id,
        id,
        id,
        state,
        OptionalLong.of(3L << 20),
        3L << 20,
        true,
        networkBytes,
        Duration.ofMillis(1500),
        2,
        4,
        code,
        null,
        state == TransferState.RETRYING ? NOW.plusSeconds(600) : null,
        state == TransferState.LANDED ? "sha-256" : null,
        state == TransferState.LANDED ? Path.of("landing", id) : null);
  }

  /** The same, tried again at another time. */
  static TransferEvent again(TransferEvent failed, Instant at) {
    return new TransferEvent(
        failed.at(),
        failed.transferId(),
        failed.sourceId(),
        failed.target(),
        failed.state(),
        failed.totalBytes(),
        failed.receivedBytes(),
        failed.mayResume(),
        failed.networkBytes(),
        failed.took(),
        failed.attempts(),
        failed.connections(),
        failed.code(),
        failed.reason(),
        at,
        null,
        null);
  }

  /** The same, where nothing tells of which version the bytes are that are here. */
  static TransferEvent unresumed(TransferEvent failed, long receivedBytes) {
    return new TransferEvent(
        failed.at(),
        failed.transferId(),
        failed.sourceId(),
        failed.target(),
        failed.state(),
        failed.totalBytes(),
        receivedBytes,
        false,
        failed.networkBytes(),
        failed.took(),
        failed.attempts(),
        failed.connections(),
        failed.code(),
        failed.reason(),
        failed.nextAttemptAt(),
        null,
        null);
  }
}

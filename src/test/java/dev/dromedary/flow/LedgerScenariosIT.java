package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.DromedaryException;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ledger that cannot be used, a work directory that is taken, a clock that jumps (I1, I5). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(ScenarioTally.class)
class LedgerScenariosIT {

  private static final int SIZE = 300_000;
  private static final GeneratedContent CONTENT = new GeneratedContent(1, SIZE);

  static List<Row> rows() {
    return List.of(
        refused(
            "ledger is text",
            FailureCode.LEDGER,
            stage -> Files.writeString(stage.ledger(), "this is no database\n".repeat(100))),
        refused(
            "ledger's head is overwritten",
            FailureCode.LEDGER,
            stage -> {
              stage.land();
              overwrite(stage.ledger(), 0, 64);
            }),
        refused(
            "ledger is overwritten from its second page on",
            FailureCode.LEDGER,
            stage -> {
              stage.land();
              overwrite(stage.ledger(), 4096, Files.size(stage.ledger()) - 4096);
            }),
        refused(
            "ledger is cut to half",
            FailureCode.LEDGER,
            stage -> {
              stage.land();
              cut(stage.ledger(), Files.size(stage.ledger()) / 2);
            }),
        refused(
            "ledger is a directory",
            FailureCode.LEDGER,
            stage -> Files.createDirectories(stage.ledger().resolve("inside"))),
        lands("ledger is empty", stage -> Files.createFile(stage.ledger())),
        lands(
            "ledger is gone",
            stage -> {
              stage.land();
              Files.delete(stage.ledger());
            }),
        refused(
            "ledger is locked by another program",
            FailureCode.LEDGER,
            stage -> {
              stage.land();
              stage.lockLedger();
            }),
        refused(
            "ledger is newer than the program",
            FailureCode.LEDGER,
            stage -> {
              stage.land();
              stage.sql(
                  "INSERT INTO flyway_schema_history SELECT 999, '999', 'later', 'SQL',"
                      + " 'V999__later.sql', 1, 'x', installed_on, 1, 1"
                      + " FROM flyway_schema_history LIMIT 1");
            }),
        refused(
            "another instance uses the work directory",
            FailureCode.WORK_DIRECTORY_BUSY,
            LedgerScenariosIT::lockWorkDirectory),
        refused(
            "work directory is a file",
            FailureCode.CONFIGURATION,
            stage -> {
              Files.delete(stage.ledger().getParent());
              Files.writeString(stage.ledger().getParent(), "x");
            }),
        refused(
            "landing zone is a file",
            FailureCode.CONFIGURATION,
            stage -> Files.writeString(stage.flow().landing(), "x")),
        lands(
            "clock jumps back two days in mid-transfer",
            stage -> {
              stage.stallFirst();
              stage.startAndJump(Duration.ofDays(-2));
            }),
        lands(
            "clock jumps two days ahead in mid-transfer",
            stage -> {
              stage.stallFirst();
              stage.startAndJump(Duration.ofDays(2));
            }),
        lands(
            "clock jumps back two days while a retry is waited for",
            stage -> {
              stage.origin().script("/f", Status.retryAfter(503, Duration.ofSeconds(1)));
              stage.startAndJump(Duration.ofDays(-2));
            }),
        lands(
            "clock was two days ahead at the last run",
            stage -> {
              stage.clock().jump(Duration.ofDays(2));
              stage.stallFirst();
              stage.flow().start();
              stage.flow().awaitReceived("f", SIZE / 2);
              stage.flow().stop();
              stage.clock().jump(Duration.ofDays(-2));
            }));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void endsAsItMust(Row row, @TempDir Path directory) throws Exception {
    try (ScriptedOrigin origin = ScriptedOrigin.start()) {
      origin.put(Resource.of("/f", CONTENT));
      Flow flow = Flow.prepared(directory, Map.of("http.stall-timeout", "1s"));
      flow.add(Entry.of("f", origin.uri("/f")));
      Files.createDirectory(directory.resolve("work"));
      JumpingClock clock = new JumpingClock();
      flow.goBy(clock);
      try (flow;
          Stage stage = new Stage(flow, origin, clock, directory.resolve("work/ledger.db"))) {
        row.disturbance.disturb(stage);
        if (row.refused == null) {
          assertLands(stage);
        } else {
          assertRefused(stage, row.refused);
        }
      }
    }
  }

  private static void assertLands(Stage stage) throws InterruptedException {
    TransferEvent end =
        stage.isStarted() ? stage.flow().awaitEnd("f", 1) : stage.flow().pollOnce().get(0);
    assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
    assertThat(stage.flow().hasLanded("f", CONTENT)).isTrue();
    assertThat(stage.flow().staged("f")).isEmpty();
  }

  private static void assertRefused(Stage stage, FailureCode code) {
    List<String> before = namesOrNone(stage);
    DromedaryException refusal =
        Assertions.catchThrowableOfType(DromedaryException.class, () -> stage.flow().pollOnce());
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).as("%s", refusal).isEqualTo(code);
    assertThat(namesOrNone(stage)).isEqualTo(before);
    assertThat(Files.exists(stage.ledger().getParent())).isTrue();
  }

  private static List<String> namesOrNone(Stage stage) {
    return Files.isDirectory(stage.flow().landing()) ? stage.flow().landedNames() : List.of();
  }

  private static Row lands(String name, Disturbance disturbance) {
    return new Row(name, null, disturbance);
  }

  private static Row refused(String name, FailureCode code, Disturbance disturbance) {
    return new Row(name, code, disturbance);
  }

  private static void overwrite(Path file, long from, long length) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(from);
      open.write("x".repeat(Math.toIntExact(length)).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private static void lockWorkDirectory(Stage stage) throws IOException {
    FileChannel channel =
        FileChannel.open(
            stage.ledger().resolveSibling("dromedary.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    channel.lock();
    stage.closeLater(channel);
  }

  /** What is done before the program starts, or to the program. */
  interface Disturbance {
    void disturb(Stage stage) throws Exception;
  }

  /**
   * One scenario.
   *
   * @param refused the code with which the start must be refused; absent when the file must land
   */
  record Row(String name, @Nullable FailureCode refused, Disturbance disturbance)
      implements ScenarioTally.Row {

    @Override
    public boolean mustLand() {
      return refused == null;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A service with one source that has not run yet. */
  private static final class Stage implements AutoCloseable {
    private final Flow flow;
    private final ScriptedOrigin origin;
    private final JumpingClock clock;
    private final Path ledger;
    private final AtomicReference<AutoCloseable> held = new AtomicReference<>(() -> {});
    private boolean started;

    Stage(Flow flow, ScriptedOrigin origin, JumpingClock clock, Path ledger) {
      this.flow = flow;
      this.origin = origin;
      this.clock = clock;
      this.ledger = ledger;
    }

    Flow flow() {
      return flow;
    }

    ScriptedOrigin origin() {
      return origin;
    }

    JumpingClock clock() {
      return clock;
    }

    Path ledger() {
      return ledger;
    }

    boolean isStarted() {
      return started;
    }

    /** Lands another source, so that there is a ledger. */
    void land() throws InterruptedException {
      origin.put(Resource.of("/first", CONTENT));
      flow.remove("f");
      flow.add(Entry.of("first", origin.uri("/first")));
      assertThat(flow.pollOnce()).hasSize(1);
      flow.remove("first");
      flow.add(Entry.of("f", origin.uri("/f")));
    }

    void stallFirst() {
      origin.script("/f", new StallAfter(SIZE / 2));
    }

    void startAndJump(Duration by) {
      started = true;
      flow.start();
      origin.awaitRequests("/f", 1, Flow.LIMIT);
      clock.jump(by);
    }

    void lockLedger() throws SQLException {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
      closeLater(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA locking_mode = EXCLUSIVE");
        statement.execute("BEGIN EXCLUSIVE");
      }
    }

    void sql(String text) throws SQLException {
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(text);
      }
    }

    void closeLater(AutoCloseable resource) {
      held.set(resource);
    }

    @Override
    public void close() throws Exception {
      held.get().close();
    }
  }
}

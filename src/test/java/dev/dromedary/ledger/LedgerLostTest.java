package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I2, I5: somebody moves or removes the files of a ledger that is in use. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedgerLostTest extends LedgerTestBase {

  private static final int READERS = 10;
  private static final int READS = 200;

  @Test
  void readingPutsNothingInItsPlace_andGoesOnWhenItIsBack() throws Exception {
    TransferRecord landed = landed("a");
    Path aside = Files.move(file(), directory.resolve("aside.db"));

    assertThat(readTogether(landed)).containsOnly("found");

    assertThat(names()).contains("aside.db", "ledger.db-wal").doesNotContain("ledger.db");
    assertThat(ledger.whyLost().orElseThrow()).contains("was removed while it is in use");
    assertThatThrownBy(() -> enqueued("b")).hasMessageContaining("was removed");
    Files.move(aside, file());
    assertThat(ledger.whyLost()).isEmpty();
    assertThat(readTogether(landed)).containsOnly("found");
    landed("b");
    assertKeptByAKill("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-wal", "-shm", "-wal -shm"})
  void nothingIsForgotten_whenItsLogIsRemoved(String ends) throws Exception {
    landed("a");
    removeLog(ends);

    assertThat(ledger.whyLost()).isEmpty();

    assertThat(names()).contains("ledger.db-wal", "ledger.db-shm");
    assertKeptByAKill("a");
    landed("b");
    assertKeptByAKill("a", "b");
    assertThat(ledger.source("a")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsForgotten_whenAChangeFollowsBeforeSomebodyLooks(boolean isStopped)
      throws Exception {
    landed("a");
    removeLog("-wal -shm");

    if (isStopped) {
      Thread.currentThread().interrupt();
    }
    landed("b");

    assertThat(Thread.interrupted()).isEqualTo(isStopped);
    assertKeptByAKill("a", "b");
  }

  @Test
  void aLogThatIsPutBackTooLateTakesNothingBack() throws Exception {
    landed("a");
    Path aside = Files.move(log(), directory.resolve("aside-wal"));
    landed("b");

    Files.move(aside, log(), StandardCopyOption.REPLACE_EXISTING);

    assertThat(ledger.whyLost()).isEmpty();
    assertKeptByAKill("a", "b");
  }

  @Test
  void tellsThatItsLogIsLost_whileAnotherProgramKeepsItFromSavingIt() throws Exception {
    landed("a");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      removeLog("-wal");

      assertThat(ledger.whyLost().orElseThrow())
          .contains("-wal", "removed or replaced while it is in use", "locked by another program");
      assertThatThrownBy(() -> enqueued("b"))
          .isInstanceOf(DromedaryException.class)
          .hasMessageContaining("locked by another program");
      assertThat(ledger.source("a")).as("is read meanwhile").isPresent();
    }

    assertThat(ledger.whyLost()).isEmpty();
    assertKeptByAKill("a");
  }

  @Test
  void staysClosed_whenSomebodyLooksAfterTheEnd() throws Exception {
    landed("a");
    ledger.close();

    assertThat(ledger.whyLost()).isEmpty();

    assertThat(names()).containsExactly("ledger.db");
  }

  private List<String> readTogether(TransferRecord known) throws Exception {
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    CountDownLatch begin = new CountDownLatch(READERS);
    List<Future<?>> reading = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      reading.add(
          threads.submit(
              () -> {
                begin.countDown();
                begin.await();
                for (int read = 0; read < READS; read++) {
                  answers.add(read(known));
                }
                return null;
              }));
    }
    for (Future<?> each : reading) {
      each.get();
    }
    threads.shutdown();
    return answers;
  }

  private String read(TransferRecord known) {
    try {
      return ledger.transfer(known.id()).equals(Optional.of(known)) ? "found" : "gone";
    } catch (DromedaryException e) {
      return e.toString();
    }
  }

  /** Copies the files as they are on the disk while the ledger is still open. */
  private void assertKeptByAKill(String... sources) throws IOException {
    Path copy = Files.createTempDirectory(directory, "kill").resolve("ledger.db");
    Files.copy(file(), copy);
    if (Files.exists(log())) {
      Files.copy(log(), copy.resolveSibling("ledger.db-wal"));
    }
    try (Ledger after = Ledger.open(copy, clock, new Random(9))) {
      for (String source : sources) {
        assertThat(after.source(source).orElseThrow().landed()).as(source).isNotNull();
      }
    }
  }

  private void removeLog(String ends) throws IOException {
    for (String end : ends.split(" ", -1)) {
      Files.delete(directory.resolve("ledger.db" + end));
    }
  }

  private Path log() {
    return directory.resolve("ledger.db-wal");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).toList();
    }
  }
}

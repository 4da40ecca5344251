package dev.dromedary.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private Path log() {
    return directory.resolve("ledger.db-wal");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).toList();
    }
  }
}

package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.app.ServiceConnection;
import dev.dromedary.demo.AnswerFault;
import dev.dromedary.demo.BodyFault.LimitRate;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** I2, I5: nothing that landed is forgotten when somebody moves or removes the ledger's files. */
class LostLedgerIT extends ProgramFixture {

  private static final Map<String, String> BOTH = Map.of("a", "LANDED", "b", "LANDED");

  @Test
  void aKillForgetsNothing_afterTheLogWasRemoved() throws Exception {
    Child service = serviceThatLanded();

    Files.delete(work().resolve("ledger.db-wal"));
    Files.delete(work().resolve("ledger.db-shm"));

    until(service, () -> service.err().contains("what it held is saved"));
    service.kill();
    assertThat(LedgerView.of(work()).states()).isEqualTo(BOTH);
  }

  @Test
  void aKillForgetsNothing_afterTheLedgerWasAwayAndAskedFor() throws Exception {
    Child service = serviceThatLanded();
    Path ledger = work().resolve("ledger.db");
    try (ServiceConnection jmx = ServiceConnection.open(work())) {
      Path aside = Files.move(ledger, work().resolve("aside.db"));

      askTogether(jmx);
      until(service, () -> service.err().contains("was removed while it is in use"));
      assertThat(ledger).doesNotExist();

      Files.move(aside, ledger);
      until(service, () -> jmx.service().getLostFiles().isEmpty());
      askTogether(jmx);
    }
    service.kill();
    assertThat(LedgerView.of(work()).states()).isEqualTo(BOTH);
  }

  @Test
  void aQuietGetTellsThatItWaits() throws Exception {
    origin.put(Resource.of("/a", new GeneratedContent(1, 4_000_000)));
    origin.forever("/a", new IgnoreRange().and(new LimitRate(2_000_000)));
    Child get = quietGet();
    until(get, () -> served("/a") > 0);

    Files.move(work().resolve("ledger.db"), work().resolve("aside.db"));

    until(get, () -> get.err().contains("waits, which cannot be recorded"));
    assertThat(get.err()).contains("E5014", "was removed while it is in use", "put it back");
  }

  /** Between two attempts nothing of it runs that could fail, and no event tells of the ledger. */
  @Test
  void aQuietGetTellsThatItCannotGoOn() throws Exception {
    origin.put(Resource.of("/a", new GeneratedContent(1, 4_000_000)));
    origin.forever("/a", AnswerFault.Status.retryAfter(503, Duration.ofSeconds(4)));
    Child get = quietGet();
    until(get, () -> LedgerView.of(work()).states().containsValue("RETRYING"));

    Files.move(work().resolve("ledger.db"), work().resolve("aside.db"));

    until(get, () -> get.err().contains("E5014"));
    assertThat(get.err()).contains("was removed while it is in use", "put it back");
  }

  private Child quietGet() throws IOException {
    return start(
        "get",
        "-q",
        "--to",
        directory.resolve("landing").toString(),
        "--work",
        work().toString(),
        origin.uri("/a").toString());
  }

  private static void askTogether(ServiceConnection jmx) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(10);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      answers.add(threads.submit(() -> jmx.failures().find("", 0, 1000).total()));
    }
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isZero();
    }
    threads.shutdown();
  }

  private Child serviceThatLanded() throws IOException {
    StringBuilder list = new StringBuilder("sources:\n");
    for (String id : BOTH.keySet()) {
      origin.put(Resource.of("/" + id, new GeneratedContent(1, 1000)));
      list.append("  - {id: ").append(id).append(", url: '").append(origin.uri("/" + id));
      list.append("'}\n");
    }
    Files.writeString(directory.resolve("sources.yaml"), list.toString());
    Path config = directory.resolve("application.properties");
    Files.writeString(
        config,
        """
        dromedary.sources=%1$s/sources.yaml
        dromedary.work=%1$s/work
        dromedary.landing=%1$s/landing
        dromedary.console.port=off
        """
            .formatted(directory));
    Child service = start("run", "--config", config.toString());
    for (String id : BOTH.keySet()) {
      until(service, () -> service.err().contains("source=" + id + " state=landed"));
    }
    return service;
  }

  private Path work() {
    return directory.resolve("work");
  }
}

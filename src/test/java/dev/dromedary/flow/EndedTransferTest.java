package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.AnswerFault.Status;
import dev.dromedary.demo.BodyFault.CutAfter;
import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.Content;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.observe.TransfersMXBean;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A transfer that has ended holds no file: the next one of its source may begin at once (I2). */
class EndedTransferTest extends RunningFlow {

  private static final int SIZE = 300_000;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Map<TransferState, List<String>> heldAtTheEnd = new ConcurrentHashMap<>();

  @BeforeAll
  void watch() {
    flow.listen(
        event -> {
          if (event.state().isTerminal()) {
            heldAtTheEnd.put(event.state(), openIn(flow.staging()));
          }
        });
  }

  @Test
  void holdsNoFile_howeverItEnded() {
    Content content = content(SIZE);
    Entry landing = serve("landing.bin", content);
    assertLanded(flow.fetch(landing), content);
    assertThat(flow.fetchAgain(landing).state()).isEqualTo(TransferState.UNCHANGED);

    Entry failing = serve("failing.bin", content(SIZE));
    origin.script("/failing.bin", new CutAfter(200_000, false));
    origin.forever("/failing.bin", new Status(404));
    assertThat(flow.fetch(failing).state()).isEqualTo(TransferState.FAILED);

    Entry cancelled = serve("cancelled.bin", content(SIZE));
    origin.forever("/cancelled.bin", new StallAfter(200_000));
    flow.add(cancelled);
    flow.awaitReceived("cancelled.bin", 200_000);
    TransferEvent running = flow.awaitState("cancelled.bin", TransferState.RUNNING);
    Flow.bean(TransfersMXBean.NAME, TransfersMXBean.class).cancel(running.transferId());
    assertThat(flow.awaitEnd("cancelled.bin", 1).state()).isEqualTo(TransferState.CANCELLED);

    // who waits for an end may be told of it before the listener here
    await().atMost(Flow.LIMIT).until(() -> heldAtTheEnd.containsKey(TransferState.CANCELLED));
    assertThat(heldAtTheEnd)
        .containsOnlyKeys(
            TransferState.LANDED,
            TransferState.UNCHANGED,
            TransferState.FAILED,
            TransferState.CANCELLED)
        .allSatisfy((state, held) -> assertThat(held).as("open when %s", state).isEmpty());
    assertThat(flow.staged("failing.bin")).as("what arrived is kept").isNotEmpty();
  }

  private static List<String> openIn(Path staging) {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors
          .map(EndedTransferTest::target)
          .filter(target -> target.startsWith(staging.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The descriptor of the listing itself is gone when it is read. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}

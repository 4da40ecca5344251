package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file whose name is refused in the landing zone is kept where it was, once (I2). */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RefusedDeliveryTest {

  private static final int SIZE = 100_000;
  private static final String ID = "a.bin";

  private final GeneratedContent content = new GeneratedContent(1, SIZE);
  private Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private ScriptedOrigin origin;

  @BeforeEach
  void start(@TempDir Path temporary) {
    directory = temporary;
    origin = ScriptedOrigin.start();
  }

  @AfterEach
  void stop() {
    origin.close();
  }

  @Test
  void bytesAreTakenBackAndNotFetchedAgain() throws Exception {
    Path way = directory.resolve("way");
    try (Flow flow = Flow.prepared(directory, Map.of())) {
      Files.createDirectories(flow.landing());
      Files.createSymbolicLink(way, flow.landing());
      putSomethingInTheWay(flow, way);
      flow.add(RunningFlow.serve(origin, ID, content));

      TransferEvent refused = flow.pollOnce().get(0);

      assertThat(refused.state()).as("%s", refused).isEqualTo(TransferState.FAILED);
      assertThat(refused.code()).as("%s", refused).isEqualTo(FailureCode.DELIVERY_FAILED);
      assertThat(refused.reason())
          .contains("cannot deliver to " + ID + ": Cannot rename file from: ")
          .doesNotContain("is wrong");
      assertThat(flow.staged(ID)).anyMatch(name -> name.endsWith(".part"));
      assertThat(flow.landedNames()).noneMatch(name -> name.endsWith(".landing"));

      Files.delete(way);
      Files.createSymbolicLink(way, Files.createDirectory(directory.resolve("elsewhere")));
      Files.delete(flow.landing().resolve(ID).resolve(ID));
      Files.delete(flow.landing().resolve(ID));
      TransferEvent landed = flow.pollOnce().get(0);

      assertThat(landed.state()).as("%s", landed).isEqualTo(TransferState.LANDED);
      assertThat(flow.hasLanded(ID, content)).isTrue();
      assertThat(origin.requests("/" + ID).stream().mapToLong(SeenRequest::bodyBytesSent).sum())
          .isEqualTo(SIZE);
    }
  }

  /** Between the look at the target and the hand-over, a directory gets its name. */
  private static void putSomethingInTheWay(Flow flow, Path way) {
    String steps =
        """
        - claimCheck:
            operation: Push
        - removeHeader:
            name: CamelFileLocalWorkPath
        - setBody:
            constant: in the way
        - to:
            uri: file:%s/%s
        - claimCheck:
            operation: Pop
        """
            .formatted(way, ID);
    flow.editRoute("deliver-file", "method: prepare\n", "method: prepare\n" + steps.indent(8));
  }
}

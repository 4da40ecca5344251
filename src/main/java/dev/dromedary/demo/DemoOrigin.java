package dev.dromedary.demo;

import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The origin of the demo: a big file, small ones, and the three everyday troubles, a cut
 * connection, a busy server and a missing file. Thread-safe.
 */
public final class DemoOrigin implements AutoCloseable {

  private static final String FLAKY = "flaky";

  private final ScriptedOrigin origin;
  private final List<DemoFile> files;

  private DemoOrigin(ScriptedOrigin origin, List<DemoFile> files) {
    this.origin = origin;
    this.files = files;
  }

  /** Starts the demo people see, on a free port of 127.0.0.1. */
  public static DemoOrigin start() {
    return start(DemoSizes.FULL);
  }

  /** Starts the demo with files of other sizes. */
  public static DemoOrigin start(DemoSizes sizes) {
    ScriptedOrigin origin = ScriptedOrigin.start();
    List<DemoFile> files = files(sizes);
    for (DemoFile file : files) {
      if (file.expected() != TransferState.FAILED) {
        String type = file.path().endsWith(".csv") ? "text/csv" : "application/octet-stream";
        origin.put(Resource.of(file.path(), file.content()).withContentType(type));
      }
    }
    BodyFault cut = new BodyFault.CutHalfway(false);
    origin.script("/" + FLAKY + ".bin", cut, cut);
    origin.script(
        "/returns-2026-11.csv", AnswerFault.Status.retryAfter(503, Duration.ofSeconds(2)));
    return new DemoOrigin(origin, files);
  }

  /** Returns what the demo serves for some sizes, in the order of its source list. */
  static List<DemoFile> files(DemoSizes sizes) {
    long small = sizes.smallBytes();
    return List.of(
        binary("big", 1, sizes.bigBytes()),
        binary(FLAKY, 2, sizes.flakyBytes()),
        csv("orders-2026-11", 3, small, TransferState.LANDED),
        csv("customers", 4, small / 4, TransferState.LANDED),
        csv("prices-2026-11-21", 5, small / 16, TransferState.LANDED),
        csv("shipments-2026-11-21", 6, small / 128, TransferState.LANDED),
        csv("returns-2026-11", 7, small / 8, TransferState.LANDED),
        csv("discontinued", 8, small / 128, TransferState.FAILED));
  }

  /** Returns the server, for its log, its rate and further faults. */
  public ScriptedOrigin origin() {
    return origin;
  }

  /** Returns its sources in the order of the source list. */
  public List<DemoFile> files() {
    return files;
  }

  /** Returns how the first transfer of each source ends, by id, in the order of the list. */
  public Map<String, TransferState> expected() {
    Map<String, TransferState> byId = new LinkedHashMap<>();
    files.forEach(file -> byId.put(file.id(), file.expected()));
    return Collections.unmodifiableMap(byId);
  }

  /**
   * Writes the source list that leads to this server, in YAML, over what the file held.
   *
   * @throws IOException when the file cannot be written
   */
  public void writeSourceList(Path file) throws IOException {
    StringBuilder text = new StringBuilder("defaults:\n  every: 1m\nsources:\n");
    for (DemoFile source : files) {
      URI url = origin.uri(source.path());
      text.append("  - id: ").append(source.id()).append('\n');
      text.append("    url: ").append(url).append('\n');
      text.append("    to: ").append(source.target()).append('\n');
      if (source.id().equals(FLAKY)) {
        text.append("    connections: 1  # of several, another would do what a cut one leaves\n");
      }
      DemoDigests.of(source.content())
          .ifPresent(digest -> text.append("    digest: ").append(digest).append('\n'));
    }
    Files.writeString(file, text);
  }

  @Override
  public void close() {
    origin.close();
  }

  private static DemoFile binary(String id, long seed, long bytes) {
    Content content = new GeneratedContent(seed, bytes);
    return new DemoFile(id, "/" + id + ".bin", content, TransferState.LANDED);
  }

  private static DemoFile csv(String id, long seed, long bytes, TransferState expected) {
    return new DemoFile(id, "/" + id + ".csv", GeneratedContent.csv(seed, bytes), expected);
  }
}

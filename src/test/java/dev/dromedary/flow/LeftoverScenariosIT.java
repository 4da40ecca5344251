package dev.dromedary.flow;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault.StallAfter;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.ledger.TransferRecord;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.part.PartPaths;
import dev.dromedary.transfer.ByteRange;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody did to staging and landing zone while the service was down. All sources are stopped
 * in mid-transfer together, each is disturbed in its own way, and one poll goes on (I1, I2, I3).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ScenarioTally.class)
class LeftoverScenariosIT {

  private static final int SIZE = 300_000;
  private static final int HELD = 150_000;

  private final Map<String, TransferEvent> ends = new HashMap<>();
  private final Map<String, Long> held = new HashMap<>();
  private ScriptedOrigin origin;
  private Flow flow;
  private Path victim;

  static List<Row> rows() {
    return List.of(
        resumes("nothing", place -> {}),
        from(0, "part file deleted", place -> Files.delete(place.part())),
        from(0, "journal deleted", place -> Files.delete(place.journal())),
        from(
            0,
            "both deleted",
            place -> {
              Files.delete(place.part());
              Files.delete(place.journal());
            }),
        from(1000, "part file cut", place -> cut(place.part(), 1000)),
        from(0, "part file emptied", place -> cut(place.part(), 0)),
        resumes("bytes appended to the part file", place -> append(place.part(), SIZE)),
        resumes("part file touched", place -> touch(place.part())),
        new Row("a byte of the part file altered", null, -1, true, p -> flip(p.part(), 77_777)),
        from(0, "journal cut", place -> cut(place.journal(), 100)),
        from(0, "journal emptied", place -> cut(place.journal(), 0)),
        from(0, "journal filled with zeros", place -> overwrite(place.journal(), (byte) 0)),
        from(0, "journal filled with noise", place -> overwrite(place.journal(), (byte) 0x5a)),
        from(0, "a byte of the journal's head altered", place -> flip(place.journal(), 20)),
        from(
            0,
            "journal of another source",
            place -> Files.copy(place.neighbour(), place.journal(), REPLACE_EXISTING)),
        refused(
            "part file replaced by a symbolic link",
            FailureCode.STAGING_FAILED,
            place -> link(place.part(), place.victim())),
        refused(
            "journal replaced by a symbolic link",
            FailureCode.STAGING_FAILED,
            place -> link(place.journal(), place.victim())),
        refused(
            "part file replaced by a link to nothing",
            FailureCode.STAGING_FAILED,
            place -> link(place.part(), place.victim().resolveSibling("nothing"))),
        refused(
            "part file replaced by a directory",
            FailureCode.STAGING_FAILED,
            place -> {
              Files.delete(place.part());
              Files.createDirectory(place.part());
            }),
        resumes("target is an older file", place -> Files.writeString(place.target(), "old")),
        refused(
            "target is a symbolic link",
            FailureCode.TARGET_UNSAFE,
            place -> Files.createSymbolicLink(place.target(), place.victim())),
        refused(
            "target is a link to nothing",
            FailureCode.TARGET_UNSAFE,
            place ->
                Files.createSymbolicLink(place.target(), place.victim().resolveSibling("none"))),
        refused(
            "target is a directory",
            FailureCode.DELIVERY_FAILED,
            place -> Files.createDirectories(place.target().resolve("inside"))),
        refused(
            "target is an empty directory",
            FailureCode.DELIVERY_FAILED,
            place -> Files.createDirectory(place.target())),
        refused(
            "target is a link to a directory",
            FailureCode.TARGET_UNSAFE,
            place -> Files.createSymbolicLink(place.target(), place.victim().resolveSibling("."))),
        resumes(
            "a leftover beside the target",
            place -> Files.writeString(place.beside(), "left by a copy")),
        refused(
            "a directory under the temporary name",
            FailureCode.DELIVERY_FAILED,
            place -> Files.createDirectories(place.beside().resolve("inside"))));
  }

  @BeforeAll
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void stopAllAndGoOn(@TempDir Path directory) throws Exception {
    origin = ScriptedOrigin.start();
    flow = Flow.prepared(directory, Map.of("part.chunk-size", "64KiB"));
    flow.set("transfer.concurrency", "64");
    flow.set("origin.connections", "64");
    victim =
        Files.writeString(
            Files.createDirectory(directory.resolve("else")).resolve("victim"), "untouched");
    for (Row row : rows()) {
      origin.put(Resource.of("/" + id(row), content(row)));
      origin.script("/" + id(row), new StallAfter(HELD));
      Entry entry = Entry.of(id(row), origin.uri("/" + id(row)));
      flow.add(row.digestKnown ? entry.withDigestOf(content(row)) : entry);
    }
    flow.start();
    rows().forEach(row -> flow.awaitReceived(id(row), HELD));
    flow.stop();
    Map<String, TransferRecord> stopped =
        flow.ledger(
            ledger ->
                ledger.active().stream()
                    .collect(Collectors.toMap(TransferRecord::sourceId, record -> record)));
    stopped.forEach((source, record) -> held.put(source, record.receivedBytes()));
    Path neighbour = paths().journal(id(rows().get(0)));
    for (Row row : rows()) {
      row.disturbance.disturb(
          new Place(
              paths().partFile(id(row)),
              paths().journal(id(row)),
              neighbour,
              flow.landed(id(row)),
              flow.landing().resolve("." + stopped.get(id(row)).id() + ".landing"),
              victim));
    }
    for (TransferEvent end : flow.pollOnce()) {
      ends.putIfAbsent(end.sourceId(), end);
    }
  }

  @AfterAll
  void close() {
    flow.close();
    origin.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void endsAsItMust(Row row) {
    TransferEvent end = Objects.requireNonNull(ends.get(id(row)), "no outcome was recorded");
    List<SeenRequest> requests = origin.requests("/" + id(row));
    String story = end + "\n" + requests;
    assertThat(victim).as(story).hasContent("untouched");
    if (row.refused != null) {
      assertThat(end.state()).as(story).isEqualTo(TransferState.FAILED);
      assertThat(end.code()).as(story).isEqualTo(row.refused);
      assertThat(Files.isRegularFile(flow.landed(id(row)), LinkOption.NOFOLLOW_LINKS)).isFalse();
      return;
    }
    assertThat(end.state()).as(story).isEqualTo(TransferState.LANDED);
    assertThat(Files.isRegularFile(flow.landed(id(row)), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(flow.hasLanded(id(row), content(row))).as(story).isTrue();
    assertThat(flow.staged(id(row))).as(story).noneMatch(name -> name.contains(".part.journal"));
    if (row.resumesAt >= 0) {
      long expected = row.resumesAt == HELD ? held.get(id(row)) : row.resumesAt;
      assertThat(requests.get(1).range().map(ByteRange::start).orElse(0L))
          .as(story)
          .isEqualTo(expected);
    }
  }

  private PartPaths paths() {
    return new PartPaths(flow.staging());
  }

  private static String id(Row row) {
    return "left-%02d".formatted(rows().stream().map(Row::name).toList().indexOf(row.name) + 1);
  }

  private static GeneratedContent content(Row row) {
    return new GeneratedContent(row.name.hashCode(), SIZE);
  }

  private static Row resumes(String name, Disturbance disturbance) {
    return new Row(name, null, HELD, false, disturbance);
  }

  private static Row from(long offset, String name, Disturbance disturbance) {
    return new Row(name, null, offset, false, disturbance);
  }

  private static Row refused(String name, FailureCode code, Disturbance disturbance) {
    return new Row(name, code, -1, false, disturbance);
  }

  private static void cut(Path file, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private static void append(Path file, int bytes) throws IOException {
    Files.write(file, new byte[bytes], StandardOpenOption.APPEND);
  }

  private static void overwrite(Path file, byte value) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(Files.size(file))];
    Arrays.fill(bytes, value);
    Files.write(file, bytes);
  }

  private static void touch(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
  }

  private static void flip(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.flip();
      one.put(0, (byte) (one.get(0) ^ 1));
      channel.write(one, position);
    }
  }

  private static void link(Path file, Path to) throws IOException {
    Files.delete(file);
    Files.createSymbolicLink(file, to);
  }

  /** What is done between two runs. */
  interface Disturbance {
    void disturb(Place place) throws IOException;
  }

  /** Where the files of one source are. */
  record Place(Path part, Path journal, Path neighbour, Path target, Path beside, Path victim) {}

  /**
   * One scenario.
   *
   * @param refused the code it must end with; absent when it must land
   * @param resumesAt the offset the second run must ask from; negative when that is not said
   */
  record Row(
      String name,
      @Nullable FailureCode refused,
      long resumesAt,
      boolean digestKnown,
      Disturbance disturbance)
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
}

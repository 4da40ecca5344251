package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.demo.Fault;
import dev.dromedary.demo.FramingFault.Chunked;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.RangeFault.IgnoreRange;
import dev.dromedary.demo.Resource;
import dev.dromedary.flow.ScenarioTally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Full, read-only and foreign file systems, real ones: each scenario runs the program in a mount
 * namespace of its own, first as it must fail or land, then once more with the cause removed (I1,
 * I2). Where namespaces are not allowed, no scenario is played.
 */
@ExtendWith(ScenarioTally.class)
class DiskScenariosIT extends ProgramFixture {

  private static final int LENGTH = 1_003_521;

  /** What a write that fails takes with it: bytes count by whole chunks. */
  private static final int CHUNK = 512 << 10;

  private static final String STAGING = "work/staging";

  static List<Row> rows() {
    return List.of(
        fails("staging is full before the first byte", "E5001", tmpfs(STAGING, 64), true, 0),
        fails("staging fills up in the middle", "E5001", tmpfs(STAGING, 600), false, 300_000),
        fails("staging fills up at the last byte", "E5001", tmpfs(STAGING, 1004), false, CHUNK),
        fails("landing zone on another disk is full", "E5001", tmpfs("in", 500), true, LENGTH),
        lands("landing zone on another disk", tmpfs("in", 2000)),
        lands("staging on another disk", tmpfs(STAGING, 4000)),
        refused("landing zone is read-only", "found no permission to write", readOnly("in")),
        refused("work directory is read-only", "found no permission to write", readOnly("work")),
        fails("staging becomes read-only", "E5002", readOnly(STAGING), true, 0),
        refused(
            "ledger is read-only",
            "E5014",
            "mount --bind work/ledger.db work/ledger.db;"
                + " mount -o remount,bind,ro work/ledger.db"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void endsAsItMust(Row row) throws Exception {
    assumeTrue(canMount(), "mount namespaces are not allowed");
    GeneratedContent content = new GeneratedContent(row.name.hashCode(), LENGTH);
    origin.put(Resource.of("/first", new GeneratedContent(1, 10)));
    origin.put(Resource.of("/f", content));
    Fault without = new IgnoreRange().and(new Chunked());
    origin.script("/f", row.lengthKnown ? new Fault.None() : without);
    Files.writeString(
        directory.resolve("settings"), "dromedary.disk.keep-free=0\ndromedary.disk.wait=0s\n");
    Files.createDirectories(directory.resolve(STAGING));
    Files.createDirectories(directory.resolve("in"));
    if (row.mounts.contains("ledger.db")) {
      run("true", "first", 0);
    }

    String first =
        run(
            row.mounts + "; after() { cp -r " + STAGING + " kept; ls -A in >names; }",
            "f",
            row.mustLand ? 0 : row.starts ? 1 : 2);

    if (row.mustLand) {
      assertThat(first).contains("\"state\":\"landed\"");
      assertThat(Files.readString(directory.resolve("names"))).isEqualTo("f\n");
      return;
    }
    if (row.starts) {
      assertThat(first).containsPattern("\"state\":\"failed\"[^\\n]*\"code\":\"" + row.code + "\"");
    }
    assertThat(first).contains(row.code);
    assertThat(directory.resolve("in/f")).doesNotExist();
    if (row.starts) {
      assertThat(Files.readString(directory.resolve("names")))
          .as("left in the landing zone")
          .isEmpty();
      assertThat(keptBytes(content)).as(first).isGreaterThanOrEqualTo(row.keeps);
    }
    if (row.mounts.contains(STAGING)) {
      putBack();
    }
    long sent = served("/f");
    run("true", "f", 0);
    assertThat(content.matches(directory.resolve("in/f"))).isTrue();
    assertThat(served("/f") - sent)
        .as("fetched by the second run: %s, after %s", origin.requests("/f"), first)
        .isLessThanOrEqualTo(LENGTH - row.keeps);
  }

  /** Runs one poll of one source with file systems mounted; returns all it printed. */
  private String run(String mounts, String source, int status) throws IOException {
    String script =
        "after() { :; }; "
            + mounts
            + " || exit 99; \"$0\" get --json --config settings --work work --to in --tries 2 --backoff 10ms"
            + " --connections 1 "
            + origin.uri("/" + source)
            + "; status=$?; after; exit $status";
    Child child =
        start(
            Path.of("unshare"),
            directory,
            Map.of("JAVA_OPTS", HOSTILE + " -XX:TieredStopAtLevel=1"),
            List.of("-rm", "sh", "-c", script, installation.launcher().toString()));
    child.requireExit(status, LIMIT);
    return child.out() + child.err();
  }

  private long keptBytes(GeneratedContent content) throws IOException {
    try (var files = Files.list(directory.resolve("kept"))) {
      Path part = files.filter(f -> f.toString().endsWith(".part")).findFirst().orElse(null);
      return part == null || Files.size(part) == 0
          ? 0
          : content.firstMismatch(part).orElse(content.lengthBytes());
    }
  }

  /** What waited on a file system that is gone with its namespace. */
  private void putBack() throws IOException {
    try (var files = Files.list(directory.resolve("kept"))) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            directory.resolve(STAGING).resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean canMount() throws IOException {
    Child child =
        start(
            Path.of("unshare"),
            directory,
            Map.of(),
            List.of("-rm", "mount", "-t", "tmpfs", "x", "/mnt"));
    return child.awaitExit(LIMIT) == 0;
  }

  private static String tmpfs(String place, int kibibytes) {
    return "mount -t tmpfs -o size=" + kibibytes + "k tmpfs " + place;
  }

  private static String readOnly(String place) {
    return "mount --bind " + place + " " + place + " && mount -o remount,bind,ro " + place;
  }

  private static Row fails(
      String name, String code, String mounts, boolean lengthKnown, long keeps) {
    return new Row(name, code, mounts, lengthKnown, keeps, false, true);
  }

  private static Row refused(String name, String code, String mounts) {
    return new Row(name, code, mounts, true, 0, false, false);
  }

  private static Row lands(String name, String mounts) {
    return new Row(name, "", mounts, true, 0, true, true);
  }

  /**
   * One scenario.
   *
   * @param code what the first run must name
   * @param mounts shell commands that make the file systems
   * @param lengthKnown whether the server tells the length
   * @param keeps how many bytes the first run must keep at least
   * @param starts whether the program starts at all
   */
  record Row(
      String name,
      String code,
      String mounts,
      boolean lengthKnown,
      long keeps,
      boolean mustLand,
      boolean starts)
      implements ScenarioTally.Row {

    @Override
    public String toString() {
      return name;
    }
  }
}

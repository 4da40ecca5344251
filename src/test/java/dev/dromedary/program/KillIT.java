package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.transfer.DigestAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I1, I2: killed at any moment it goes on where it was, and a name is whole or absent. */
class KillIT extends ProgramFixture {

  private static final String PATH = "/big.bin";
  private static final long MEBI = 1L << 20;
  private static final int CHUNK_BYTES = 512 << 10;
  private static final long RATE = 3 * MEBI;

  /** The origin counts a write as it begins; at its rate that is a tenth of a second more. */
  private static final long ABOUT_TO_BE_SENT = RATE / 10;

  private static final Map<String, String> QUICK_START =
      Map.of("JAVA_OPTS", HOSTILE + " -XX:TieredStopAtLevel=1");
  private static final String STANDSTILL =
      """
              - delay:
                  id: standstill
                  expression:
                    constant:
                      expression: "60000"
      """;

  /** More of it: {@code mvn verify -Dit.test=KillIT -Dkill.times=100 -Dkill.size-mib=2048}. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void fetchesAtMostAChunkAPartAgain_howeverOftenItIsKilled(int connections) throws IOException {
    int kills = Integer.getInteger("kill.times", 3 + 2 * connections);
    GeneratedContent content = serve(1, Integer.getInteger("kill.size-mib", 256) * MEBI);
    Random moments = new Random(connections);
    List<Long> written = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    long neverRead = 0;
    origin.rateLimitPerConnection(RATE);
    for (int round = 0; round < kills; round++) {
      long until = served(PATH) + MEBI + moments.nextLong(3 * MEBI);
      Child child = once(connections, content);
      until(child, () -> served(PATH) >= until);
      child.freeze();
      long read = servedAndRead();
      child.kill();
      await().atMost(LIMIT).until(() -> origin.openConnections() == 0);
      neverRead += served(PATH) - read;
      assertThat(target()).doesNotExist();
      written.add(content.firstMismatch(partFile()).orElseThrow());
      asked.add(origin.requests(PATH).size());
    }
    origin.rateLimitPerConnection(0);

    once(connections, content).requireExit(0, LIMIT);

    assertThat(content.matches(target())).isTrue();
    long again = served(PATH) - content.lengthBytes();
    System.out.printf(
        "KillIT: %d connections, %d kills: %d KiB sent again, %d KiB of them never read%n",
        connections, kills, again >> 10, neverRead >> 10);
    assertThat(again - neverRead)
        .isLessThanOrEqualTo((long) kills * connections * (CHUNK_BYTES + ABOUT_TO_BE_SENT));
    for (int round = 0; round < kills; round++) {
      assertThat(written.get(round) - start(origin.requests(PATH).get(asked.get(round))))
          .as("bytes on disk that were asked for again after kill %d", round)
          .isLessThanOrEqualTo(CHUNK_BYTES);
    }
  }

  /** Returns what a program that stands still has read: nothing is sent while that is counted. */
  private long servedAndRead() throws IOException {
    SocketQueues queues = new SocketQueues(origin.port());
    long served;
    long unread;
    do {
      served = served(PATH);
      unread = queues.unreadBytes();
    } while (served != served(PATH));
    return served - unread;
  }

  @Test
  void digestsAgainWithoutFetching_whenKilledWhileVerifying() throws IOException {
    GeneratedContent content = serve(2, 256 * MEBI);
    List<String> digests = new ArrayList<>();
    for (DigestAlgorithm algorithm : List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_512)) {
      digests.addAll(digest(content, algorithm));
    }
    long held = content.lengthBytes() - MEBI;
    origin.script(PATH, new BodyFault.StallAfter(held));
    Child first = get(1, digests);
    until(first, () -> served(PATH) >= held);
    first.kill();
    Child second = get(1, digests);
    until(second, () -> "VERIFYING".equals(ledger().state()));
    second.kill();
    long before = served(PATH);
    assertThat(target()).doesNotExist();

    get(1, digests).requireExit(0, LIMIT);

    assertThat(served(PATH)).isEqualTo(before);
    assertThat(content.matches(target())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hand-over", "confirm"})
  void landsWithoutFetching_whenKilledAroundTheRename(String step) throws IOException {
    GeneratedContent old = serve(3, 8 * MEBI);
    get(1, List.of()).requireExit(0, LIMIT);
    GeneratedContent content = serve(4, 16 * MEBI);
    Child child = get(1, List.of("--config", standingStillBefore(step).toString()));
    until(
        child,
        () ->
            "DELIVERING".equals(ledger().state())
                && (step.equals("hand-over") || Files.size(target()) > old.lengthBytes()));
    child.kill();
    GeneratedContent expected = step.equals("hand-over") ? old : content;
    assertThat(expected.matches(target())).isTrue();
    long before = served(PATH);

    get(1, List.of()).requireExit(0, LIMIT);

    assertThat(served(PATH)).isEqualTo(before);
    assertThat(content.matches(target())).isTrue();
    assertThat(ledger().state()).isEqualTo("LANDED");
    get(1, List.of()).requireExit(0, LIMIT);
    assertThat(ledger().state()).isEqualTo("UNCHANGED");
  }

  @Test
  void showsTheOldFileOrTheNew_wheneverItIsKilledAtTheEnd() throws IOException {
    GeneratedContent before = serve(10, 4 * MEBI);
    get(1, List.of()).requireExit(0, LIMIT);
    for (int round = 0; round < 3; round++) {
      GeneratedContent content = serve(11 + round, 4 * MEBI);
      long until = served(PATH) + content.lengthBytes();
      Child child = get(1, List.of());
      until(child, () -> served(PATH) >= until);
      Duration moment = Duration.ofMillis(12L * round);
      long end = System.nanoTime() + moment.toNanos();
      until(child, () -> System.nanoTime() >= end);
      child.kill();
      assertThat(before.matches(target()) || content.matches(target())).isTrue();
      get(1, List.of()).requireExit(0, LIMIT);
      assertThat(content.matches(target())).isTrue();
      before = content;
    }
  }

  @Test
  void leavesNothingInTheTemporaryDirectory() throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("temporary"));
    serve(20, MEBI);
    origin.script(PATH, new BodyFault.StallAfter(1000));
    Child child =
        start(
            Map.of("JAVA_OPTS", HOSTILE + " -Djava.io.tmpdir=" + temporary),
            List.of("get", origin.uri(PATH).toString(), "--to", "in", "--work", "work"));
    until(child, () -> served(PATH) >= 1000);
    child.kill();
    assertThat(temporary).isEmptyDirectory();
  }

  private GeneratedContent serve(long seed, long bytes) {
    GeneratedContent content = new GeneratedContent(seed, bytes);
    origin.put(Resource.of(PATH, content));
    return content;
  }

  /** Lands it with so many connections from the beginning on. */
  private Child once(int connections, GeneratedContent content) throws IOException {
    Path list =
        Files.writeString(
            directory.resolve("sources.yaml"),
            "sources:\n  - url: %s\n    connections: %d\n    digest: %s\n"
                .formatted(
                    origin.uri(PATH),
                    connections,
                    digest(content, DigestAlgorithm.SHA_256).get(1)));
    return start(
        QUICK_START, List.of("once", "--sources", list.toString(), "--to", "in", "--work", "work"));
  }

  private Child get(int connections, List<String> further) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("get", origin.uri(PATH).toString(), "--to", "in", "--work", "work"));
    arguments.addAll(List.of("--connections", Integer.toString(connections)));
    arguments.addAll(further);
    return start(QUICK_START, arguments);
  }

  private static List<String> digest(GeneratedContent content, DigestAlgorithm algorithm) {
    String hex = HexFormat.of().formatHex(content.digest(algorithm));
    return List.of("--digest", algorithm.label() + "=" + hex);
  }

  /** Returns settings whose flow stands still before a step of the delivery. */
  private Path standingStillBefore(String step) throws IOException {
    Path routes = Files.createDirectories(directory.resolve("routes"));
    try (Stream<Path> files = Files.list(installation.routes())) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    Path deliver = routes.resolve("deliver-file.camel.yaml");
    String marker =
        step.equals("confirm")
            ? "        - bean:\n            id: confirm\n"
            : "              - to:\n                  id: hand-over\n";
    String flow = Files.readString(deliver);
    assertThat(flow).contains(marker);
    String stop = step.equals("confirm") ? STANDSTILL : STANDSTILL.indent(6);
    Files.writeString(deliver, flow.replace(marker, stop + marker));
    Path config = directory.resolve("application.properties");
    Files.writeString(config, "camel.main.routesIncludePattern=file:" + routes + "/*.camel.yaml\n");
    return config;
  }

  private Path partFile() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("work").resolve("staging"))) {
      return files.filter(file -> file.toString().endsWith(".part")).findFirst().orElseThrow();
    }
  }

  private static long start(SeenRequest request) {
    return request.range().map(range -> range.start()).orElse(0L);
  }

  private LedgerView ledger() {
    return LedgerView.of(directory.resolve("work"));
  }

  private Path target() {
    return directory.resolve("in").resolve("big.bin");
  }
}

package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several commands at once into one directory, as `xargs -P` starts them (ADR 0009). */
class GetBesideIT extends ProgramFixture {

  private static final int MEBI = 1 << 20;

  private final GeneratedContent held = new GeneratedContent(1, 8 * MEBI);
  private final GeneratedContent other = new GeneratedContent(2, 3 * MEBI);

  @Test
  void landsBesideAnotherGet_butNotTheFileThatItIsFetching() throws IOException {
    origin.put(Resource.of("/held.bin", held));
    origin.put(Resource.of("/other.bin", other));
    origin.forever("/held.bin", new BodyFault.StallAfter(MEBI));
    Child first = get("held.bin", "--connections", "1");
    until(first, () -> served("/held.bin") >= MEBI);

    get("other.bin").requireExit(0, LIMIT);
    assertThat(other.matches(landed("other.bin"))).isTrue();
    Child same = get("held.bin").requireExit(2, LIMIT);
    assertThat(same.err()).contains("E5012", directory.resolve("in/.dromedary").toString());

    long before = served("/other.bin");
    Child again = get("other.bin", "-q").requireExit(0, LIMIT);
    assertThat(served("/other.bin")).as("asked again, without its bytes").isEqualTo(before);
    assertThat(again.err()).isEmpty();
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void oneLandsAndTheOtherIsRefused_whenTheSameGetStartsTwiceAtOnce() throws IOException {
    origin.put(Resource.of("/other.bin", other));
    origin.rateLimitPerConnection(MEBI);
    Child one = get("other.bin");
    Child two = get("other.bin");

    List<Integer> ends = List.of(one.awaitExit(LIMIT), two.awaitExit(LIMIT));

    assertThat(ends).containsExactlyInAnyOrder(0, 2);
    assertThat(one.err() + two.err()).contains("E5012");
    assertThat(other.matches(landed("other.bin"))).isTrue();
    assertThat(served("/other.bin")).isLessThan(other.lengthBytes() + MEBI);
  }

  @Test
  void whatLandedBeforeIsOneSmallRequest_whenTheDirectoryIsTakenByAnother() throws IOException {
    origin.put(Resource.of("/held.bin", held));
    origin.put(Resource.of("/other.bin", other));
    origin.forever("/held.bin", new BodyFault.StallAfter(MEBI));
    get("other.bin").requireExit(0, LIMIT);
    Child first = get("held.bin", "--connections", "1");
    until(first, () -> served("/held.bin") >= MEBI);

    Child again = get("other.bin").requireExit(0, LIMIT);

    assertThat(again.out()).contains("unchanged");
    assertThat(served("/other.bin")).isEqualTo(other.lengthBytes());
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void whatIsKnownOfLandedFilesMayBeDeleted_whichCostsTheFileOnceMore() throws IOException {
    origin.put(Resource.of("/other.bin", other));
    get("other.bin").requireExit(0, LIMIT);
    try (Stream<Path> all = Files.walk(directory.resolve("in/.dromedary"))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }

    get("other.bin").requireExit(0, LIMIT);

    assertThat(other.matches(landed("other.bin"))).isTrue();
    assertThat(served("/other.bin")).isEqualTo(2 * other.lengthBytes());
  }

  @Test
  void resumesWhereItBegan_whenTheOtherHasGone() throws IOException {
    origin.put(Resource.of("/held.bin", held));
    origin.put(Resource.of("/other.bin", other));
    origin.forever("/held.bin", new BodyFault.StallAfter(MEBI));
    origin.script("/other.bin", new BodyFault.StallAfter(2 * MEBI));
    Child first = get("held.bin", "--connections", "1");
    until(first, () -> served("/held.bin") >= MEBI);
    Child second = get("other.bin", "--connections", "1");
    until(second, () -> stagedBytes("other.bin") >= MEBI);
    first.kill();
    second.signal("INT");
    second.requireExit(130, LIMIT);

    get("other.bin").requireExit(0, LIMIT);

    assertThat(other.matches(landed("other.bin"))).isTrue();
    assertThat(served("/other.bin")).isLessThanOrEqualTo(other.lengthBytes() + MEBI);
  }

  private Child get(String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("get", origin.uri("/" + name).toString()));
    arguments.addAll(List.of("--to", "in"));
    arguments.addAll(List.of(more));
    return start(Map.of(), arguments);
  }

  private Path landed(String name) {
    return directory.resolve("in").resolve(name);
  }
}

package dev.dromedary.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.demo.Content;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.ScriptedOrigin;
import dev.dromedary.observe.TransferEvent;
import dev.dromedary.part.SecondFileSystem;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.TransferState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Landing zones other than a plain directory beside the work directory. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LandingZoneIT {

  @Test
  void landsOnAnotherFileSystemWithoutATrace(@TempDir Path directory) throws Exception {
    Path memory = SecondFileSystem.besides(directory);
    Path landing = Files.createTempDirectory(memory, "dromedary-landing-");
    Path work = Files.createDirectory(directory.resolve("elsewhere"));
    Map<String, String> there = Map.of("landing", landing.toString());
    try (Flow far = Flow.running(work, there);
        ScriptedOrigin origin = ScriptedOrigin.start()) {
      Content content = new GeneratedContent(1, 700_000);
      origin.put(Resource.of("/far.bin", content));
      TransferEvent end = far.fetch(Entry.of("far.bin", origin.uri("/far.bin")).to("in/far.bin"));
      assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
      assertThat(far.hasLanded("in/far.bin", content)).isTrue();
      assertThat(far.landedNames()).containsExactly("in/far.bin");
      assertThat(far.staged("far.bin")).isEmpty();
    } finally {
      Files.deleteIfExists(landing.resolve("in/far.bin"));
      Files.deleteIfExists(landing.resolve("in"));
      Files.deleteIfExists(landing);
    }
  }

  @Test
  void symbolicLinkBelowTheLandingZoneIsNotFollowed(@TempDir Path directory) throws Exception {
    Path work = Files.createDirectory(directory.resolve("linked"));
    Path outside = Files.createDirectory(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "old");
    try (Flow flow = Flow.running(work, Map.of());
        ScriptedOrigin origin = ScriptedOrigin.start()) {
      Content content = new GeneratedContent(3, 300_000);
      origin.put(Resource.of("/a.bin", content));
      Files.createDirectories(flow.landing());
      Path link = Files.createSymbolicLink(flow.landed("link"), outside);
      Files.createSymbolicLink(flow.landed("file.bin"), precious);
      Entry within = Entry.of("within", origin.uri("/a.bin")).to("link/sub/a.bin");
      TransferEvent end = flow.fetch(within);
      assertThat(end.code()).as("%s", end).isEqualTo(FailureCode.TARGET_UNSAFE);
      assertThat(end.reason()).contains("link");
      assertThat(flow.staged("within")).as("what arrived is kept").isNotEmpty();
      TransferEvent file = flow.fetch(Entry.of("file", origin.uri("/a.bin")).to("file.bin"));
      assertThat(file.code()).as("%s", file).isEqualTo(FailureCode.TARGET_UNSAFE);
      assertThat(outside).isDirectoryContaining("glob:**precious").isNotEmptyDirectory();
      assertThat(precious).hasContent("old");
      int before = origin.requests("/a.bin").size();
      Files.delete(link);
      assertThat(flow.fetchAgain(within).state()).isEqualTo(TransferState.LANDED);
      assertThat(flow.hasLanded("link/sub/a.bin", content)).isTrue();
      assertThat(origin.requests("/a.bin").stream().skip(before))
          .as("what was here is not fetched again")
          .allMatch(request -> request.bodyBytesSent() == 0);
    }
  }

  @Test
  void landingZoneItselfMayBeASymbolicLink(@TempDir Path directory) throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path work = Files.createDirectory(directory.resolve("by-link"));
    Path link = Files.createSymbolicLink(directory.resolve("zone"), real);
    try (Flow flow = Flow.running(work, Map.of("landing", link.toString()));
        ScriptedOrigin origin = ScriptedOrigin.start()) {
      Content content = new GeneratedContent(4, 1000);
      origin.put(Resource.of("/l.bin", content));
      TransferEvent end = flow.fetch(Entry.of("l.bin", origin.uri("/l.bin")).to("in/l.bin"));
      assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
      assertThat(real.resolve("in/l.bin")).isRegularFile();
    }
  }

  @Test
  void landingZoneMayHaveAnyName(@TempDir Path directory) throws Exception {
    Path odd = directory.resolve("la nd+&ünd#=");
    Path work = Files.createDirectory(directory.resolve("odd"));
    try (Flow flow = Flow.running(work, Map.of("landing", odd.toString()));
        ScriptedOrigin origin = ScriptedOrigin.start()) {
      Content content = new GeneratedContent(2, 1000);
      origin.put(Resource.of("/odd.bin", content));
      TransferEvent end = flow.fetch(Entry.of("odd.bin", origin.uri("/odd.bin")));
      assertThat(end.state()).as("%s", end).isEqualTo(TransferState.LANDED);
      assertThat(flow.hasLanded("odd.bin", content)).isTrue();
    }
  }
}

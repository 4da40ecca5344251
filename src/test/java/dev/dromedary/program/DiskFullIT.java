package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A transfer waits for room on a disk that is really full: a small one, mounted in a namespace of
 * its own. The test tells the shell around the program when to fill it and when to make room.
 */
class DiskFullIT extends ProgramFixture {

  private static final int SIZE = 12 << 20;
  private static final long CHUNK = 1 << 20;

  private static final String SHELL =
      """
      disk=$1
      mount -t tmpfs -o size=24m tmpfs "$disk" || exit 99
      exec 3<>"$2"
      shift 2
      fill() { cat /dev/zero >"$disk/filler" 2>/dev/null; }
      read -r word <&3
      if [ "$word" = half ]; then head -c 16m /dev/zero >"$disk/filler"; fi
      "$@" &
      pid=$!
      read -r word <&3
      if [ "$word" = fill ]; then fill; read -r word <&3; fi
      rm -f "$disk/filler"
      wait $pid
      status=$?
      cp -r "$disk/in" out
      exit $status
      """;

  private final GeneratedContent content = new GeneratedContent(7, SIZE);

  @Test
  void waitsBeforeItBegins_whenTheRestCannotFit() throws Exception {
    try (Told told = startOnSmallDisk("half")) {
      until(told.child(), () -> told.child().err().contains("E5001"));
      assertThat(served("/a.bin")).as("asked once, for little").isLessThan(SIZE / 2);
      assertThat(origin.requests("/a.bin")).hasSize(1);
      told.say("room");
      assertLanded(told.child());
    }
  }

  @Test
  void goesOnWhereItStopped_whenTheDiskWasFullInTheMiddle() throws Exception {
    origin.rateLimitPerConnection(4 << 20);
    try (Told told = startOnSmallDisk("begin")) {
      until(told.child(), () -> served("/a.bin") > SIZE / 4);
      told.say("fill");
      until(told.child(), () -> told.child().err().contains("E5001"));
      origin.rateLimitPerConnection(0);
      told.say("room");
      assertLanded(told.child());
    }
    assertThat(served("/a.bin")).as("bytes sent").isLessThan(SIZE + 4 * CHUNK);
  }

  @Test
  void givesUpAfterTheWait_whenTheLedgerHasNoRoomEither() throws Exception {
    origin.rateLimitPerConnection(4 << 20);
    try (Told told = startOnSmallDisk("begin", "dromedary.disk.wait=3s")) {
      until(told.child(), () -> served("/a.bin") > SIZE / 4);
      told.say("fill");
      until(told.child(), () -> told.child().err().contains("its end is not recorded"));
      told.say("room");
      told.child().requireExit(1, LIMIT);
      assertThat(told.child().err()).contains("waits, which cannot be recorded", "E5001");
    }
  }

  private void assertLanded(Child child) throws IOException {
    child.requireExit(0, LIMIT);
    assertThat(content.matches(directory.resolve("out").resolve("a.bin"))).isTrue();
  }

  private Told startOnSmallDisk(String first, String... further) throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path words = directory.resolve("words");
    assumeTrue(
        run("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", disk.toString()),
        "skipped: this system lets nobody mount a disk in a namespace of its own");
    assertThat(run("mkfifo", words.toString())).isTrue();
    origin.put(Resource.of("/a.bin", content));
    Path settings =
        Files.writeString(
            directory.resolve("settings.properties"),
            """
            dromedary.disk.check-interval=2s
            dromedary.disk.keep-free=1MiB
            dromedary.part.connections=1
            %s
            """
                .formatted(String.join("\n", further)));
    Child child =
        start(
            Path.of("/usr/bin/unshare"),
            directory,
            Map.of(),
            List.of(
                "-rmpf",
                "--mount-proc",
                "--kill-child",
                "sh",
                "-c",
                SHELL,
                "sh",
                disk.toString(),
                words.toString(),
                installation.launcher().toString(),
                "get",
                origin.uri("/a.bin").toString(),
                "--config",
                settings.toString(),
                "--to",
                disk.resolve("in").toString(),
                "--work",
                disk.resolve("work").toString()));
    Told told = new Told(child, words);
    told.say(first);
    return told;
  }

  private static boolean run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(process.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue() == 0;
  }

  /** The program, and the words its shell waits for. */
  private record Told(Child child, Path words) implements AutoCloseable {

    void say(String word) throws IOException {
      Files.writeString(words, word + "\n", StandardOpenOption.WRITE);
    }

    @Override
    public void close() {
      child.close();
    }
  }
}

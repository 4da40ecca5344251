package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive that {@code mvn package} makes is all a machine with a JVM needs. */
class DistributionIT extends ProgramFixture {

  /** An archive is made out of the way of everybody else, by several JVMs one after the other. */
  private static final Duration MAKING_LIMIT = Duration.ofMinutes(4);

  @Test
  void runsWhereItIsUnpacked_withoutACheckout() throws Exception {
    Path root = unpacked();
    assertThat(names(root))
        .contains("bin", "lib", "routes", "config", "demo", "LICENSE", "README.md");
    GeneratedContent content = new GeneratedContent(1, 100_000);
    origin.put(Resource.of("/a.bin", content));
    Path program = root.resolve("bin").resolve("dromedary");

    start(
            program,
            directory,
            Map.of(),
            List.of("get", origin.uri("/a.bin").toString(), "--to", "in"))
        .requireExit(0, LIMIT);
    assertThat(content.matches(directory.resolve("in").resolve("a.bin"))).isTrue();

    Child check = start(program, directory, Map.of(), List.of("check"));
    check.requireExit(0, LIMIT);
    assertThat(check.out() + check.err()).contains("routes");
  }

  @Test
  void keepsAnArchiveOfItsClasses_onceThatHasWorked() throws Exception {
    Path root = unpacked();
    Path calls = directory.resolve("calls");
    Path works = Files.writeString(directory.resolve("works"), "");
    Path java = javaThatRecordsIn(calls, works);

    startWith(java, root).requireExit(0, LIMIT);
    awaitCalls(calls, "list", "dump", "trial");
    awaitArchives(root, 1);

    Files.delete(works);
    Files.delete(calls);
    for (String name : names(root.resolve("lib"))) {
      if (name.contains(".jsa")) {
        Files.delete(root.resolve("lib").resolve(name));
      }
    }
    startWith(java, root).requireExit(0, LIMIT);
    awaitCalls(calls, "list", "dump", "trial");
    awaitArchives(root, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ended",
        "killed",
        "killed, its number in use again",
        "its JVM alone ended",
        "its JVM alone killed"
      })
  void archiveIsMadeByTheNextStart_whenItsMakerWasEnded(String how) throws Exception {
    Path root = unpacked();
    Path works = Files.createFile(directory.resolve("works"));
    Path calls = directory.resolve("calls");
    Path java = javaThatRecordsIn(calls, works);
    Path hang = directory.resolve("calls.hang");
    new ProcessBuilder("mkfifo", hang.toString()).start().waitFor();
    startWith(java, root).requireExit(0, LIMIT);
    ProcessHandle training = processIn(directory.resolve("calls.pid"));
    ProcessHandle maker = training.parent().orElseThrow();

    ProcessHandle struck = how.startsWith("its JVM") ? training : maker;
    assertThat(how.contains("killed") ? struck.destroyForcibly() : struck.destroy()).isTrue();
    await().atMost(LIMIT).until(() -> !maker.isAlive());
    training.destroyForcibly();
    if (how.endsWith("again")) {
      giveItsNumberTo(ProcessHandle.current(), maker, root.resolve("lib"));
    }
    await().atMost(LIMIT).until(() -> !training.isAlive());
    Files.delete(hang);
    startWith(java, root).requireExit(0, LIMIT);
    await()
        .atMost(MAKING_LIMIT)
        .until(() -> names(root.resolve("lib")).stream().anyMatch(n -> n.endsWith(".jsa")));
    awaitArchives(root, 1);
  }

  /** Makes all that a maker left look as if its number were that of another process by now. */
  private static void giveItsNumberTo(ProcessHandle other, ProcessHandle maker, Path lib)
      throws IOException {
    for (String name : names(lib)) {
      Path path = lib.resolve(name);
      if (name.endsWith(".jsa.tried")) {
        Files.writeString(path, other.pid() + " 1\n");
      } else if (name.contains(".jsa." + maker.pid())) {
        Files.move(path, lib.resolve(name.replace("." + maker.pid(), "." + other.pid())));
      }
    }
  }

  private static ProcessHandle processIn(Path file) {
    await().atMost(LIMIT).until(() -> Files.exists(file) && Files.size(file) > 0);
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "123 abc",
        "12 08",
        "12",
        "",
        "-1 1",
        "1 1\n1 1\n",
        "1 99999999999999999999",
        "99999999999999999999 1",
        "bad one",
        "\u0000\u0001 ÿ\n"
      })
  void archiveIsMade_whateverIsNotedOfItsMaker(String note) throws Exception {
    Path root = unpacked();
    Path calls = directory.resolve("calls");
    Files.writeString(noteOf(root), note);

    startsSilently(root, javaThatRecordsIn(calls, directory.resolve("works")));

    awaitCalls(calls, "list", "dump", "trial");
    awaitArchives(root, 0);
  }

  /** As in a container, where the program has the same number at each start. */
  @Test
  void archiveIsMade_whenThisStartHasTheNumberOfItsMaker() throws Exception {
    Path root = unpacked();
    Path calls = directory.resolve("calls");
    Path java = javaThatRecordsIn(calls, directory.resolve("works"));
    String script = "echo $$ 1 >\"$0\"; exec \"$1\" --version";
    Path program = root.resolve("bin/dromedary");

    start(
            Path.of("/bin/sh"),
            directory,
            Map.of("JAVA_HOME", java.toString()),
            List.of("-c", script, noteOf(root).toString(), program.toString()))
        .requireExit(0, LIMIT);

    awaitCalls(calls, "list", "dump", "trial");
    awaitArchives(root, 0);
  }

  @Test
  void archiveIsMade_whenAnotherProcessLooksLikeItsMakerForLong() throws Exception {
    Path root = unpacked();
    Path calls = directory.resolve("calls");
    Path jar = root.resolve("lib/dromedary.jar");
    Process other = new ProcessBuilder("bash", "-c", "read -r nothing; :", "dromedary").start();
    try {
      Files.writeString(noteOf(root), other.pid() + " 1\n");
      Files.setLastModifiedTime(noteOf(root), before(Duration.ofHours(1)));
      Files.setLastModifiedTime(jar, before(Duration.ofHours(2)));

      startsSilently(root, javaThatRecordsIn(calls, directory.resolve("works")));

      awaitCalls(calls, "list", "dump", "trial");
    } finally {
      other.destroyForcibly();
    }
    awaitArchives(root, 0);
  }

  @Test
  void startsSilently_whenItCannotReadWhoMadeAnArchive() throws Exception {
    Path root = unpacked();
    Files.createDirectory(noteOf(root));

    startsSilently(root, javaThatRecordsIn(directory.resolve("calls"), noteOf(root)));

    awaitArchives(root, 0);
  }

  @Test
  void removesWhatTheLastMakerLeft_alsoWhereNoMoreAreBegun() throws Exception {
    Path root = unpacked();
    Path note = noteOf(root);
    Process maker = new ProcessBuilder("true").start();
    assertThat(maker.waitFor()).isZero();
    Files.writeString(note, maker.pid() + " 3\n");
    String rest = note.toString().replaceAll("tried$", "") + maker.pid();
    Files.createFile(Path.of(rest));
    Files.createDirectories(Path.of(rest + ".scratch", "hsperfdata"));

    startsSilently(root, javaThatRecordsIn(directory.resolve("calls"), note));

    awaitArchives(root, 0);
    assertThat(directory.resolve("calls")).doesNotExist();
  }

  private void startsSilently(Path root, Path java) throws IOException {
    Child child = startWith(java, root).requireExit(0, LIMIT);
    assertThat(child.err()).isEmpty();
  }

  private static Path noteOf(Path root) {
    String version = System.getProperty("java.version");
    return root.resolve("lib/dromedary-" + version + ".jsa.tried");
  }

  private static FileTime before(Duration ago) {
    return FileTime.from(Instant.now().minus(ago));
  }

  @Test
  void makesNoArchive_whenTooFewFilesMayBeOpenForAllJars() throws Exception {
    Path root = unpacked();
    Path program = root.resolve("bin").resolve("dromedary");

    start(
            Path.of("/bin/sh"),
            directory,
            Map.of(),
            List.of("-c", "ulimit -n 1000 && exec \"$0\" --version", program.toString()))
        .requireExit(0, LIMIT);

    assertThat(names(root.resolve("lib"))).noneMatch(name -> name.contains(".jsa"));
  }

  /** A Java whose archives are bad unless there is this file. */
  private Path javaThatRecordsIn(Path calls, Path works) throws IOException {
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        what=other
        case "$*" in
          *-XX:DumpLoadedClassList=*) what=list ;;
          *-Xshare:dump*) what=dump ;;
          *-XX:ArchiveClassesAtExit=*) printf 'list\\n' >>'%1$s'; what=dump ;;
          *-XX:SharedArchiveFile=*train) what=trial ;;
        esac
        [ $what = other ] || echo $what >>'%1$s'
        if [ $what = list ] && [ -e '%1$s.hang' ]; then
          for option; do
            case $option in -XX:DumpLoadedClassList=*) : >"${option#*=}" ;; esac
          done
          echo $$ >'%1$s.pid'
          read -r nothing <'%1$s.hang'
        fi
        if [ $what = other ] || [ -e '%2$s' ]; then exec '%3$s/bin/java' "$@"; fi
        [ $what != trial ] || exit 1
        for option; do
          case $option in
            -XX:SharedArchiveFile=* | -XX:ArchiveClassesAtExit=*) echo bad >"${option#*=}" ;;
          esac
        done
        """
            .formatted(calls, works, System.getProperty("java.home")));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return directory.resolve("jdk");
  }

  private Child startWith(Path java, Path root) throws IOException {
    return start(
        root.resolve("bin/dromedary"),
        directory,
        Map.of("JAVA_HOME", java.toString()),
        List.of("--version"));
  }

  private static void awaitCalls(Path calls, String... expected) {
    await()
        .atMost(MAKING_LIMIT)
        .until(() -> Files.exists(calls) && Files.readAllLines(calls).equals(List.of(expected)));
  }

  /** Waits until nothing is under way any more, and requires so many to be there. */
  private static void awaitArchives(Path root, int number) throws IOException {
    await()
        .atMost(MAKING_LIMIT)
        .until(
            () -> names(root.resolve("lib")).stream().noneMatch(n -> n.matches(".*jsa\\.\\d.*")));
    assertThat(names(root.resolve("lib")))
        .filteredOn(name -> name.endsWith(".jsa"))
        .hasSize(number);
  }

  private Path unpacked() throws Exception {
    Path target = installation.home().getParent();
    Path archive;
    try (Stream<Path> files = Files.list(target)) {
      archive =
          files
              .filter(file -> file.getFileName().toString().matches("dromedary-.*\\.tar\\.gz"))
              .findFirst()
              .orElseThrow();
    }
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(tar.exitValue()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("dromedary-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}

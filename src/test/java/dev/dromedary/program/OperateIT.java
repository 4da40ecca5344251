package dev.dromedary.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.app.ServiceConnection;
import dev.dromedary.demo.AnswerFault;
import dev.dromedary.demo.BodyFault;
import dev.dromedary.demo.GeneratedContent;
import dev.dromedary.demo.Resource;
import dev.dromedary.demo.SeenRequest;
import dev.dromedary.observe.TransferStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line and a JMX client see the same service, and what they command happens. */
class OperateIT extends ProgramFixture {

  private static final long MEBI = 1L << 20;

  private final GeneratedContent large = new GeneratedContent(1, 16 * MEBI);
  private final GeneratedContent small = new GeneratedContent(2, 100_000);

  @Test
  void tellsAndChangesWhatTheServiceDoes() throws Exception {
    origin.put(Resource.of("/large.bin", large));
    origin.put(Resource.of("/small.bin", small));
    origin.forever("/large.bin", new BodyFault.StallAfter(3 * MEBI));
    origin.script("/small.bin", new AnswerFault.Status(404));
    Path patient = config("http.stall-timeout=1h", "http.min-speed=0");
    Child service = start("run", "--config", patient.toString());
    until(service, () -> served("/large.bin") >= 3 * MEBI);
    until(service, () -> "FAILED".equals(ledger().states().get("small")));

    JsonNode status = json("status", "--json").get(0);
    try (ServiceConnection jmx = ServiceConnection.open(directory.resolve("work"))) {
      assertThat(status.path("pid").asLong()).isEqualTo(jmx.service().getPid());
      assertThat(status.path("inFlight").asInt()).isEqualTo(1);
      assertThat(status.path("failed").asInt()).isEqualTo(1);
      assertThat(status.path("sourceCount").asInt()).isEqualTo(2);
      JsonNode seen = json("transfers", "--json").get(0);
      TransferStatus running = jmx.transfers().getRunning().get(0);
      assertThat(seen.path("transfer").asText()).isEqualTo(running.transfer());
      assertThat(seen.path("source").asText()).isEqualTo(running.source()).isEqualTo("large");
      assertThat(seen.path("totalBytes").asLong()).isEqualTo(large.lengthBytes());
      assertThat(seen.path("receivedBytes").asLong()).isPositive();
      assertThat(seen.path("fetching").size()).isEqualTo(running.fetching().size());

      assertThat(json("transfers", "large", "--json")).hasSize(1);
      assertThat(json("transfers", "lar*", "nobody", "--json")).hasSize(1);
      assertThat(json("transfers", running.transfer(), "--json")).hasSize(1);
      assertThat(json("transfers", "small", "--recent", "1", "--json"))
          .singleElement()
          .satisfies(one -> assertThat(one.path("state").asText()).isEqualTo("failed"));
      assertThat(operate("transfers", "larg").requireExit(1, LIMIT).err())
          .isEqualTo(
              "dromedary: nothing of 'larg' runs, waits or ended lately;"
                  + " 'dromedary sources ID' tells how a source stands\n");
      assertThat(operate("retry", "large").requireExit(1, LIMIT).err())
          .isEqualTo("dromedary: large: is running, so there is nothing to retry yet\n");

      assertThat(operate("status").requireExit(0, LIMIT).out())
          .containsPattern("\nended +0 landed, 0 unchanged, 1 failed, .* since its start\n");

      assertThat(operate("limit", "--rate", "5MiB/s").requireExit(0, LIMIT).out())
          .contains("5.00 MiB/s in all (by hand)");
      assertThat(jmx.limits().getBytesPerSecond()).isEqualTo(5 * MEBI);
      assertThat(
              operate("limit", "--origin", "example.org=0", "--rate", "configured")
                  .requireExit(0, LIMIT)
                  .out())
          .contains(
              "no limit in all, 4 transfers at a time (up to 32), ",
              "example.org no limit (by hand)",
              "example.org is named by no source: its limit holds where a redirect leads there");
      assertThat(jmx.limits().getBytesPerSecond()).isZero();
      assertThat(service.err())
          .contains(
              "msg=\"an operator limits\" limitBytesPerSecond=5242880",
              "msg=\"an operator limits\" limitBytesPerSecond=configured");

      assertThat(operate("limit", "--source", "larg=1MiB/s").requireExit(1, LIMIT).err())
          .contains("did you mean 'large'?");
      assertThat(
              operate("limit", "--connections", "3", "--host", "127.0.0.1")
                  .requireExit(0, LIMIT)
                  .out())
          .contains("127.0.0.1 at most 3 connections")
          .containsPattern(" uses \\d+ of 3 connections");
      assertThat(json("limit", "--json").get(0).path("hosts").get(0).path("granted").asInt())
          .isEqualTo(3);
      operate("failures", "--export", "failed.yaml").requireExit(0, LIMIT);
      assertThat(Files.readString(directory.resolve("failed.yaml")))
          .startsWith("# 1 of 1 sources of dead letters, out of " + jmx.service().getSourceList())
          .contains("'small'");
      assertThat(operate("failures", "--export", "-").requireExit(0, LIMIT).out())
          .isEqualTo(Files.readString(directory.resolve("failed.yaml")));
      assertThat(directory.resolve("-")).doesNotExist();

      for (List<String> refused :
          List.of(List.of("--concurrency", "33"), List.of("--origin", "a b=1"))) {
        List<String> command = new ArrayList<>(List.of("limit", "--rate", "1MiB/s"));
        command.addAll(refused);
        operate(command.toArray(String[]::new)).requireExit(2, LIMIT);
        assertThat(jmx.limits().getBytesPerSecond()).as("with %s", refused).isZero();
      }
      assertThat(operate("failures", "--export", "no/such.yaml").requireExit(2, LIMIT).err())
          .contains("--export " + directory.resolve("no/such.yaml") + ": expected a file that");

      operate("pause", "large").requireExit(0, LIMIT);
      assertThat(jmx.sources().getPausedCount()).isEqualTo(1);
      operate("cancel", "large").requireExit(0, LIMIT);
      until(service, () -> "CANCELLED".equals(ledger().states().get("large")));
      assertThat(operate("cancel", "large").requireExit(1, LIMIT).err())
          .isEqualTo("dromedary: large: nothing of it runs or waits\n");
      assertThat(operate("cancel", "larg").requireExit(1, LIMIT).err())
          .isEqualTo("dromedary: nothing matches 'larg'\n");
      assertThat(operate("poll", "large").requireExit(1, LIMIT).err()).contains("is paused");
      operate("resume", "*").requireExit(0, LIMIT);
      origin.clearScript("/large.bin");
      int before = origin.requests("/large.bin").size();
      operate("retry", "large").requireExit(0, LIMIT);
      until(service, () -> "LANDED".equals(ledger().states().get("large")));
      List<SeenRequest> asked = origin.requests("/large.bin");
      assertThat(asked.subList(before, asked.size()))
          .isNotEmpty()
          .allSatisfy(
              request -> assertThat(request.range().orElseThrow().start()).isGreaterThan(MEBI));

      JsonNode letter = json("failures", "--json").get(0);
      assertThat(letter.path("code").asText()).isEqualTo("E4404");
      operate("retry", "--code", "E4404").requireExit(0, LIMIT);
      until(service, () -> "LANDED".equals(ledger().states().get("small")));
      assertThat(operate("sources", "state=landed").requireExit(0, LIMIT).outLines())
          .last()
          .isEqualTo("2 of 2 sources");
      assertThat(jmx.failures().getCount()).isZero();
    }

    operate("drain", "--stop").requireExit(0, LIMIT);
    service.requireExit(0, LIMIT);
    assertThat(large.matches(directory.resolve("landing/large.bin"))).isTrue();
    assertThat(service.err()).doesNotContain("Exception");
  }

  @Test
  void drainFinishesWhatRuns_andLeavesWhatWaits() throws Exception {
    origin.put(Resource.of("/large.bin", large));
    origin.put(Resource.of("/small.bin", new GeneratedContent(2, 16 * MEBI)));
    Path slowly = config("transfer.concurrency=1", "limit.rate=32KiB");
    Child service = start("run", "--config", slowly.toString());
    until(service, () -> served("/large.bin") + served("/small.bin") > 0);
    assertThat(json("transfers", "large", "small", "--json"))
        .extracting(one -> one.path("state").asText())
        .containsExactly("running", "queued");
    String first = json("transfers", "--json").get(0).path("transfer").asText();

    operate("drain", "--stop").requireExit(0, LIMIT);
    operate("limit", "--rate", "0").requireExit(0, LIMIT);

    service.requireExit(0, LIMIT);
    assertThat(ledger().states().values())
        .as("whichever came first")
        .containsExactlyInAnyOrder("LANDED", "QUEUED");

    Child next = start("run", "--config", slowly.toString());
    until(next, () -> ledger().states().containsValue("RUNNING"));
    assertThat(json("transfers", first, "--json"))
        .as("what another process has landed")
        .singleElement()
        .satisfies(one -> assertThat(one.path("state").asText()).isEqualTo("landed"));
  }

  @Test
  void statusIsDrawnAnewOnATerminal_andCompletionWorksInAShell() throws Exception {
    Child service = start("run", "--config", config().toString());
    until(service, () -> Files.exists(directory.resolve("work/ledger.db")));
    until(service, () -> "FAILED".equals(ledger().states().get("small")));
    Path typescript = directory.resolve("typescript");
    String watch =
        "'"
            + installation.launcher()
            + "' status --watch --work '"
            + directory.resolve("work")
            + "'";
    Child terminal =
        start(
            Path.of("script"),
            directory,
            Map.of("TERM", "xterm"),
            List.of("-qfec", watch, typescript.toString()));
    Pattern drawing = Pattern.compile("dromedary \\S+, process");
    until(
        terminal,
        () ->
            Files.exists(typescript) && drawing.split(Files.readString(typescript), -1).length > 2);
    terminal.signal("TERM");
    terminal.awaitExit(LIMIT);
    String drawn = Files.readString(typescript);
    assertThat(drawing.split(drawn, -1)).as(drawn).hasSizeGreaterThan(2);
    assertThat(drawn).contains("\u001b[");

    String narrow =
        "stty cols 40 rows 24; '"
            + installation.launcher()
            + "' sources --work '"
            + directory.resolve("work")
            + "' 2>/dev/null";
    start(
            Path.of("script"),
            directory,
            Map.of("TERM", "xterm"),
            List.of("-qec", narrow, directory.resolve("narrow").toString()))
        .awaitExit(LIMIT);
    assertThat(Files.readString(directory.resolve("narrow")).lines())
        .anyMatch(line -> line.matches("SOURCE +STATE +WHY"))
        .filteredOn(line -> !line.startsWith("Script "))
        .allMatch(line -> line.length() <= 40);
    assertThat(operate("sources").requireExit(0, LIMIT).outLines().get(0))
        .as("whole where it is piped")
        .matches("SOURCE +STATE +LANDED +SIZE +DUE +FAILED +WHY");

    String complete =
        "source <('"
            + installation.launcher()
            + "' completion bash); COMP_WORDS=(dromedary limit --conn); COMP_CWORD=2;"
            + " _complete_dromedary; echo \"${COMPREPLY[*]}\"";
    assertThat(
            start(Path.of("bash"), directory, Map.of(), List.of("-c", complete))
                .requireExit(0, LIMIT)
                .out())
        .contains("--connections");
  }

  @Test
  void discardTellsInJsonAndNothingElse_whenAskedTo() throws Exception {
    Child service = start("run", "--config", config().toString());
    until(service, () -> Files.exists(directory.resolve("work/ledger.db")));
    until(service, () -> "FAILED".equals(ledger().states().get("small")));

    assertThat(operate("failures", "--discard", "small", "--json").requireExit(0, LIMIT).out())
        .isEqualToIgnoringNewLines("{\"matched\":1,\"changed\":1,\"left\":[]}");
  }

  @Test
  void completionWorksInZsh_asItIsTyped() throws Exception {
    assumeTrue(
        Stream.of("/bin/zsh", "/usr/bin/zsh").map(Path::of).anyMatch(Files::isExecutable),
        "there is no zsh: apt-get install zsh");
    Path script = directory.resolve("type.zsh");
    Files.writeString(
        script,
        """
        zmodload zsh/zpty
        zpty shell env TERM=dumb zsh -f -i
        heard=
        until_heard() {
          local end=$((SECONDS + 40)) some
          until [[ $heard == *${~1}* ]]; do
            (( SECONDS < end )) || { print -r -- "never: $1 in: $heard"; exit 1; }
            if zpty -rt shell some; then heard+=$some; else zselect -t 5; fi
          done
          heard=
        }
        zmodload zsh/zselect
        zpty -w shell "unsetopt zle_bracketed_paste; source <('$1' completion bash); print re''ady"
        until_heard ready
        zpty -wn shell $'dromedary lim\t--conn\t'
        until_heard 'dromedary limit*--connections'
        zpty -wn shell $'\\C-u./dromedary sources --js\t'
        until_heard 'sources --json'
        print completed
        zpty -d shell
        """);
    assertThat(
            start(
                    Path.of("zsh"),
                    directory,
                    Map.of(),
                    List.of("-f", script.toString(), installation.launcher().toString()))
                .requireExit(0, LIMIT)
                .out())
        .contains("completed");
  }

  @Test
  void endsWith2AndANumber_whenNoServiceRuns() throws Exception {
    Files.createDirectories(directory.resolve("work"));

    Child status = operate("status").requireExit(2, LIMIT);
    assertThat(status.err()).startsWith("dromedary: E5015 work directory ").contains("no service");
    assertThat(status.out()).isEmpty();

    Files.writeString(
        directory.resolve("work/dromedary.lock"), ProcessHandle.current().pid() + "\n");
    operate("status").requireExit(2, LIMIT);
    assertThat(operate("failures").requireExit(2, LIMIT).err())
        .contains("no ledger", "(name the directory that has ledger.db with --work");
  }

  @Test
  void failuresAreReadAndExported_whenTheServiceHasEnded() throws Exception {
    origin.put(Resource.of("/large.bin", small));
    origin.forever("/small.bin", new AnswerFault.Status(403));
    Child service = start("run", "--config", config().toString());
    until(service, () -> "FAILED".equals(ledger().states().get("small")));
    service.signal("TERM");
    service.requireExit(0, Duration.ofSeconds(10));

    String config = directory.resolve("config/application.properties").toString();
    Child failures = start("failures", "--config", config).requireExit(0, LIMIT);
    assertThat(failures.out()).contains("small", "E4403", "1 of 1 dead letter\n");
    start("failures", "--config", config, "--export", "again.yaml").requireExit(0, LIMIT);
    assertThat(
            start("failures", "--config", config, "--export", "again.yaml")
                .requireExit(2, LIMIT)
                .err())
        .contains("again.yaml: exists", "--force");
    assertThat(operate("failures", "--export", "other.yaml").requireExit(2, LIMIT).err())
        .contains("no service runs", "--config");
    assertThat(directory.resolve("other.yaml")).doesNotExist();
    String exported = Files.readString(directory.resolve("again.yaml"));
    assertThat(exported).contains("'small'", "urls: ['" + origin.uri("/small.bin") + "']");

    origin.clearScript("/small.bin");
    origin.put(Resource.of("/small.bin", small));
    start("once", "--sources", "again.yaml", "--to", "in").requireExit(0, LIMIT);
    assertThat(small.matches(directory.resolve("in/small.bin"))).isTrue();
  }

  @Test
  void whatOnceGaveUpIsReadAndDiscarded_withoutAService() throws Exception {
    origin.forever("/small.bin", new AnswerFault.Status(403));
    Files.writeString(directory.resolve("urls.txt"), origin.uri("/small.bin") + "\n");
    start("once", "--sources", "urls.txt", "--to", "in", "--work", "work").requireExit(1, LIMIT);

    assertThat(operate("status").requireExit(2, LIMIT).err())
        .contains("no service runs", "dromedary failures reads without one");
    assertThat(operate("failures", "--discard", "smal.bin").requireExit(1, LIMIT).err())
        .isEqualTo("dromedary: nothing matches 'smal.bin'\n");
    assertThat(operate("failures", "--discard", "small.bin").requireExit(0, LIMIT).out())
        .isEqualTo("1 of 1 discarded\n");
    assertThat(operate("failures").requireExit(0, LIMIT).out()).contains("0 of 0 dead letters");
  }

  @Test
  void aServiceThatJustStartedIsWaitedFor_andOneThatEndsIsNone() throws Exception {
    origin.put(Resource.of("/large.bin", large));
    origin.put(Resource.of("/small.bin", small));
    Path lock = directory.resolve("work/dromedary.lock");
    Child service = start("run", "--config", config().toString());
    until(service, () -> Files.exists(lock) && Files.size(lock) > 0);
    assertThat(json("status", "--json").get(0).path("sourceCount").asInt()).isEqualTo(2);
    service.kill();

    Files.writeString(lock, ProcessHandle.current().pid() + " service\n");
    Child status = operate("status");
    until(status, OperateIT::isAskedByJmx);
    Files.writeString(lock, "");
    assertThat(status.requireExit(2, LIMIT).err()).contains("no service runs");
  }

  @Test
  void aServiceKeepsItsDirectory_whateverBecomesOfStagingAndClock() throws Exception {
    origin.put(Resource.of("/large.bin", small));
    origin.put(Resource.of("/small.bin", small));
    Path config = config();
    Child service = start("run", "--config", config.toString());
    until(service, () -> ledger().states().equals(Map.of("large", "LANDED", "small", "LANDED")));
    Path staging = directory.resolve("work/staging");
    Files.delete(staging);
    Files.createSymbolicLink(staging, directory.resolve("nowhere"));
    assertThat(json("status", "--json").get(0).path("lostFiles").size()).isEqualTo(1);
    Files.delete(staging);
    assertThat(json("status", "--json").get(0).path("lostFiles").size()).isZero();

    assertThat(start("run", "--config", config.toString()).requireExit(2, LIMIT).err())
        .contains("E5012");
    Path lock = directory.resolve("work/dromedary.lock");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    operate("status").requireExit(0, LIMIT);
  }

  private static boolean isAskedByJmx() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("RMI TCP Accept"));
  }

  @Test
  void aCommandThatRunsIsNoService_andIsNotInterferedWith() throws Exception {
    origin.put(Resource.of("/small.bin", small));
    origin.forever("/small.bin", new BodyFault.StallAfter(1));
    Child get = start("get", origin.uri("/small.bin").toString(), "--to", "in", "--work", "work");
    until(get, () -> served("/small.bin") > 0);

    for (List<String> command : List.of(List.of("status"), List.of("failures", "--discard", "x"))) {
      assertThat(operate(command.toArray(String[]::new)).requireExit(2, LIMIT).err())
          .contains("is no service (wait for its end, or stop it");
    }
  }

  private Child operate(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--work", directory.resolve("work").toString()));
    return start(all.toArray(String[]::new));
  }

  private List<JsonNode> json(String... arguments) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : operate(arguments).requireExit(0, LIMIT).outLines()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  private Path config(String... more) throws IOException {
    Path config = Files.createDirectories(directory.resolve("config"));
    Path sources = config.resolve("sources.yaml");
    Files.writeString(
        sources,
        """
        sources:
          - url: %s
            id: large
          - url: %s
            id: small
        """
            .formatted(origin.uri("/large.bin"), origin.uri("/small.bin")));
    Path settings = config.resolve("application.properties");
    StringBuilder text = new StringBuilder();
    text.append("dromedary.sources=").append(sources).append('\n');
    text.append("dromedary.work=").append(directory.resolve("work")).append('\n');
    text.append("dromedary.console.port=off\n");
    text.append("dromedary.landing=").append(directory.resolve("landing")).append('\n');
    for (String line : more) {
      text.append("dromedary.").append(line).append('\n');
    }
    Files.writeString(settings, text);
    return settings;
  }

  private LedgerView ledger() {
    return LedgerView.of(directory.resolve("work"));
  }
}

package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.dromedary.app.HomeFixture;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.app.ServiceRunner;
import dev.dromedary.observe.ProgressBoard;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What cannot be used ends a command before it begins: one message, status 2, nothing touched. */
class BadInputTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @SuppressWarnings("NullAway.Init")
  private HomeFixture home;

  @SuppressWarnings("NullAway.Init")
  private CliFixture cli;

  @BeforeEach
  void copyWhatIsShipped() throws IOException {
    home = new HomeFixture(directory.resolve("a home"));
    cli = new CliFixture(home.path(), directory);
  }

  private List<String> refused(String... args) throws IOException {
    Map<String, String> before = HomeFixture.contents(directory);
    assertThat(cli.execute(args)).isEqualTo(2);
    assertThat(HomeFixture.contents(directory)).isEqualTo(before);
    return cli.err().replace(directory + "/", "").lines().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "list.txt|http://h/a\\nnonsense|2: url 'nonsense': expected an absolute URL that begins with"
            + " http:// or https://",
        "list.txt|http://h/a\\nhttp://g/a|2: target 'a': expected a target of its own, line 1 has it"
            + " too",
        "list.yaml|sources:\\n  - ulr: x|2: key 'ulr'",
        "list.yaml|sources:\\n  - url: http://h/a\\n    size: much|3: size 'much'",
        "list.yaml|sources:\\n  - url: http://h/a\\n    to: ../a|3: target '../a': expected no"
            + " segment of dots alone, found '..'",
        "list.yaml|sources:\\n  - {id: x, url: http://h/a}\\n  - {id: x, url: http://h/b}|3: id 'x'",
      })
  void aSourceListWithAMistake(String name, String text, String problem) throws IOException {
    Files.writeString(directory.resolve(name), text.replace("\\n", "\n"));

    assertThat(refused("once", "--sources", name, "--to", "in").get(0))
        .startsWith("dromedary: E5011 " + name + ":" + problem.split("'")[0]);
  }

  @ParameterizedTest
  @CsvSource({"http.ca-file=, http.ca-file=nope.pem", "dromedary.work=, dromedary.wrok="})
  void severalMistakesOfAServiceAreToldTogether(String right, String wrong) throws IOException {
    home.write("config/sources.yaml", "sources:\n  - url: http://h/a\n    evry: 3h\n");
    int line = home.edit("config/application.properties", right, wrong);

    assertThat(refused("run"))
        .hasSize(2)
        .allSatisfy(told -> assertThat(told).startsWith("dromedary: E5010 "))
        .anySatisfy(told -> assertThat(told).contains("sources.yaml:3: key 'evry'"))
        .anySatisfy(told -> assertThat(told).contains("application.properties:" + line));
  }

  @Test
  void aListFromStandardInputWithAMistake() throws IOException {
    CliFixture piped = new CliFixture(home.path(), directory, "http://h/a\nnonsense\n");

    assertThat(piped.execute("once", "--sources", "-", "--to", "in")).isEqualTo(2);

    assertThat(piped.err())
        .isEqualTo(
            "dromedary: E5011 standard input:2: url 'nonsense': expected an absolute URL that"
                + " begins with http:// or https://\n");
  }

  @Test
  void aListFromStandardInput_inWhichOneHasTheNameOfAnothersProvenance() throws IOException {
    home.edit("config/application.properties", "landed.provenance=no", "landed.provenance=yes");
    String list = "http://h/x.provenance.json\nhttp://h/x\n";
    CliFixture piped = new CliFixture(home.path(), directory, list);

    assertThat(piped.execute("once", "--sources", "-", "--to", "in")).isEqualTo(2);

    assertThat(piped.err())
        .isEqualTo(
            "dromedary: E5011 sources: target 'x': expected 'x.provenance.json' free for its"
                + " provenance (landed.provenance=yes), the source of 'x.provenance.json' has it"
                + " too; leave one of them out, or land it elsewhere\n");
  }

  @Test
  void aSourceListThatIsNotThere() throws IOException {
    assertThat(refused("once", "--sources", "none.txt", "--to", "in"))
        .containsExactly("dromedary: E5011 none.txt: expected a readable file, found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sources=config/sources.yaml|sources=none.txt|E5011|sources 'a home/none.txt': expected a"
            + " readable file, found none",
        "console.password-file=|console.password-file=users|E5010|console.password-file"
            + " 'a home/users': expected a file, found none",
        "http.ca-file=|http.ca-file=routes/failures.camel.yaml|E5010|http.ca-file"
            + " 'a home/routes/failures.camel.yaml': expected certificates in PEM, found none",
        "log.file=|log.file=/proc/none/log|E5010|log.file '/proc/none/log': expected a file to write"
            + " to, found that the system makes none at /proc/none",
        "http.ca-file=|http.ca-file=nope.pem|E5010|http.ca-file 'a home/nope.pem': expected"
            + " certificates in PEM, found none",
      })
  void aFileOfASettingThatCannotBeUsed_isToldWithKeyAndPlace(
      String found, String written, String code, String problem) throws IOException {
    String config = "config/application.properties";
    int line = home.edit(config, "dromedary." + found, "dromedary." + written);

    assertThat(refused("run"))
        .containsExactly(
            "dromedary: " + code + " a home/" + config + ":" + line + ": dromedary." + problem);
  }

  @Test
  void twoEndpointsOfSettingsThatCannotBe_areBothTold() throws IOException {
    String config = "config/application.properties";
    int landed = home.edit(config, "landed.uri=log:landed?level=DEBUG", "landed.uri=nosuch:foo");
    int failed =
        home.edit(config, "failed.uri=log:failed?level=DEBUG", "failed.uri=direct:nowhere");

    assertThat(refused("run"))
        .hasSize(2)
        .anyMatch(line -> line.contains(config + ":" + landed + ": dromedary.landed.uri: uri "))
        .anyMatch(line -> line.contains(config + ":" + failed + ": dromedary.failed.uri: uri "));
  }

  @Test
  void everyWrongOptionOfTheEndpointsOfSettings_isToldAtItsSetting() throws IOException {
    String config = "config/application.properties";
    int landed = home.edit(config, "landed?level=DEBUG", "landed?showAll=ja&maxChars=many");
    int failed = home.edit(config, "log:failed?level=DEBUG", "file:/tmp/x?fileExist=Foo");
    String place = "dromedary: E5013 a home/" + config + ":";

    assertThat(refused("run"))
        .containsExactlyInAnyOrder(
            place
                + landed
                + ": dromedary.landed.uri: option 'showAll': expected true or false, found 'ja'",
            place
                + landed
                + ": dromedary.landed.uri: option 'maxChars': expected a whole number, found"
                + " 'many'",
            place
                + failed
                + ": dromedary.failed.uri: option 'fileExist': expected one of Override, Append,"
                + " Fail, Ignore, Move, TryRename, found 'Foo'");
  }

  @Test
  void aVariableThatIsNotSet_isToldAtItsSetting() throws IOException {
    String config = "config/application.properties";
    int line = home.edit(config, "log:landed?level=DEBUG", "file:{{env:DROMEDARY_NOPE}}/x");

    assertThat(refused("run"))
        .containsExactly(
            "dromedary: E5013 a home/"
                + config
                + ":"
                + line
                + ": dromedary.landed.uri: variable 'DROMEDARY_NOPE': expected it in the"
                + " environment, found none; set it, or write {{env:DROMEDARY_NOPE:VALUE}} for a"
                + " value without it");
  }

  @Test
  void aTargetThatIsNoPlainFile(@TempDir Path other) throws IOException {
    Path socket = other.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      assertThat(refused("get", "http://127.0.0.1:9/a", "-o", socket.toString(), "--tries", "1"))
          .first()
          .asString()
          .isEqualTo(
              "dromedary: target "
                  + socket
                  + ": expected a file or nothing, found a device, socket or pipe; land elsewhere"
                  + " with -o FILE");
    }
    assertThat(other.resolve(".dromedary")).doesNotExist();
  }

  @Test
  void aFileInPlaceOfTheLandingZone() throws IOException {
    Files.writeString(directory.resolve("in"), "");
    Files.writeString(directory.resolve("list.txt"), "http://127.0.0.1:9/a");

    assertThat(refused("once", "--sources", "list.txt", "--to", "in", "--work", "w"))
        .containsExactly(
            "dromedary: --to 'in': expected a directory to write to, found a file",
            "Try 'dromedary once --help'.");
  }

  @Test
  void aFileInPlaceOfADirectoryOfGet_isToldOfTheOptionAlone() throws IOException {
    Files.writeString(directory.resolve("med.bin"), "");

    assertThat(refused("get", "http://127.0.0.1:9/a", "--to", "med.bin"))
        .containsExactly(
            "dromedary: --to 'med.bin': expected a directory to write to, found a file",
            "Try 'dromedary get --help'.");
    assertThat(cli("get", "http://127.0.0.1:9/a", "-o", "med.bin/a"))
        .first()
        .isEqualTo("dromedary: -o 'med.bin': expected a directory to write to, found a file");
    assertThat(cli("get", "http://127.0.0.1:9/a", "--to", "in", "--work", "med.bin"))
        .first()
        .isEqualTo("dromedary: --work 'med.bin': expected a directory to write to, found a file");
  }

  private List<String> cli(String... args) throws IOException {
    cli = new CliFixture(home.path(), directory);
    return refused(args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get http://127.0.0.1:9/a --to gone|--to 'gone'|",
        "get http://127.0.0.1:9/a --to gone/in|--to 'gone/in'| at gone",
        "get http://127.0.0.1:9/a --to in --work gone|--work 'gone'|",
      })
  void aDirectoryThatIsALinkToNowhere(String line, String setting, String place)
      throws IOException {
    Files.createSymbolicLink(directory.resolve("gone"), Path.of("nowhere"));

    assertThat(refused(line.split(" ")))
        .first()
        .asString()
        .isEqualTo(
            "dromedary: "
                + setting
                + ": expected a directory to write to, found a symbolic link that leads nowhere"
                + (place == null ? "" : " " + place));
  }

  @Test
  void aWorkDirectoryThatCannotBeMade_isNotAMatterOfPermissions() throws IOException {
    String work = "w".repeat(300);

    assertThat(refused("get", "http://127.0.0.1:9/a", "--to", "in", "--work", work))
        .containsExactly(
            "dromedary: E5003 command line: dromedary.work '"
                + work
                + "': expected a directory to write to, found the system's answer 'File name too"
                + " long'");
  }

  @ParameterizedTest
  @CsvSource({"work,landing,E5003", "landing,work,E5004"})
  void aDirectoryThatCannotBeMade_isToldWhereItIsNamed(String key, String other, String code)
      throws IOException {
    Files.writeString(directory.resolve("list.txt"), "http://127.0.0.1:9/a\n");
    Files.writeString(
        directory.resolve("settings.properties"),
        "dromedary.sources=%1$s/list.txt\ndromedary.%2$s=%1$s/d\ndromedary.%3$s=%4$s\n"
            .formatted(directory, other, key, "d".repeat(300)));

    assertThat(refused("run", "--config", "settings.properties"))
        .containsExactly(
            "dromedary: %s settings.properties:3: dromedary.%s 'a home/%s': expected a directory to"
                    .formatted(code, key, "d".repeat(300))
                + " write to, found the system's answer 'File name too long'");
  }

  @Test
  void aWorkDirectoryThatIsTheLandingZone() throws IOException {
    assertThat(refused("get", "http://h/a", "--to", "in", "--work", "in"))
        .containsExactly(
            "dromedary: E5010 command line: dromedary.landing 'in': expected a directory outside"
                + " dromedary.work");
  }

  @ParameterizedTest
  @CsvSource({"run", "get http://127.0.0.1:9/a --to in", "once --sources list.txt --to in"})
  void aRouteThatTheTextShowsToBeWrong(String line) throws IOException {
    Files.writeString(directory.resolve("list.txt"), "http://127.0.0.1:9/a");
    home.edit("routes/deliver-file.camel.yaml", "method: confirm", "method: confim");

    assertThat(refused(line.split(" ")))
        .containsExactly(
            "dromedary: E5013 a home/routes/deliver-file.camel.yaml:32: method 'confim' of"
                + " bean 'deliverySteps': did you mean 'confirm'? Expected one of confirm, prepare");
  }

  @ParameterizedTest
  @CsvSource({"run", "get http://127.0.0.1:9/a --to in"})
  void aRouteThatOnlyCamelRefuses_takesBackWhatTheStartMade(String line) throws IOException {
    home.edit("routes/deliver-file.camel.yaml", "- bean:", "- baen:");

    assertThat(refused(line.split(" ")))
        .containsExactly(
            "dromedary: E5013 a home/routes/deliver-file.camel.yaml:16: key 'baen': expected a step"
                + " of Camel, did you mean 'bean'?");
  }

  @Test
  void aKeyThatCamelDoesNotKnow() throws IOException {
    String config = "config/application.properties";
    int line = home.edit(config, "main.shutdownTimeout", "main.shutdownTimout");

    assertThat(refused("run"))
        .containsExactly(
            "dromedary: E5010 a home/"
                + config
                + ":"
                + line
                + ": camel.main.shutdownTimout: expected a key that Camel knows, did you mean"
                + " 'camel.main.shutdownTimeout'?");
  }

  @Test
  void aWorkDirectoryThatAnotherInstanceHas() throws IOException {
    RunRequest request =
        new RunRequest(
            RunMode.SERVICE,
            home.path(),
            null,
            Map.of("dromedary.work", directory.resolve("w").toString()),
            List.of());
    try (ServiceRunner first = ServiceRunner.start(request, new ProgressBoard(Clock.systemUTC()))) {
      assertThat(cli.execute("get", "http://127.0.0.1:9/a", "--to", "in", "--work", "w"))
          .isEqualTo(2);
      assertThat(first).isNotNull();
    }
    assertThat(directory.resolve("in")).doesNotExist();
    assertThat(cli.err())
        .contains(
            "E5012 work directory "
                + directory.resolve("w")
                + ": another instance of Dromedary, process "
                + ProcessHandle.current().pid()
                + ", is using it");
  }

  @Test
  void aStartThatIsRefused_logsNothing() {
    Logger own = (Logger) LoggerFactory.getLogger("dev.dromedary");
    Level before = own.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Map<String, String> settings =
        Map.of(
            "dromedary.work", directory.resolve("w").toString(),
            "dromedary.landing", directory.resolve("in").toString(),
            "dromedary.console.port", "off");
    RunRequest request = new RunRequest(RunMode.SERVICE, home.path(), null, settings, List.of());
    ProgressBoard board = new ProgressBoard(Clock.systemUTC());
    try (ServiceRunner first = ServiceRunner.start(request, board)) {
      own.setLevel(Level.INFO);
      log.start();
      own.addAppender(log);
      assertThatThrownBy(() -> ServiceRunner.start(request, board)).hasMessageContaining("another");
      assertThat(log.list).isEmpty();
      assertThat(first).isNotNull();
    } finally {
      own.detachAppender(log);
      own.setLevel(before);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("msg=stopping", "msg=stopped");
  }

  @Test
  void aWorkDirectoryThatAnotherProcessHas() throws IOException, InterruptedException {
    Path work = directory.resolve("w");
    Files.createDirectories(work.resolve("staging"));
    Path lock = Files.writeString(work.resolve("dromedary.lock"), "");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream held = holder.getInputStream()) {
      assertThat(held.read()).isEqualTo('+');
      assertThat(refused("get", "http://127.0.0.1:9/a", "--to", "in", "--work", "w"))
          .containsExactly(
              "dromedary: E5012 work directory w: another instance of Dromedary is using it (stop it"
                  + " or give another dromedary.work (get, once: --work))");
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  /** Takes a lock, says so, and holds it until it is ended. */
  static final class LockHolder {

    private LockHolder() {}

    /** Holds the lock on the file that is the argument. */
    public static void main(String[] args) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
          FileLock lock = Objects.requireNonNull(channel.tryLock())) {
        System.out.write(lock.isValid() ? '+' : '-');
        System.out.flush();
        int end = System.in.read();
        System.out.write(end);
      }
    }
  }
}

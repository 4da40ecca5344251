package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.app.CheckReport;
import dev.dromedary.app.RunMode;
import dev.dromedary.app.RunRequest;
import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.DigestFile;
import dev.dromedary.transfer.ExpectedDigest;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTest {

  private static final String URL = "http://127.0.0.1:9/dir/data.bin?key=%2F";
  private static final String DIGEST = "md5=d41d8cd98f00b204e9800998ecf8427e";

  private final Path directory;
  private final CliFixture cli;

  CommandLineTest(@TempDir Path directory) {
    this.directory = directory;
    this.cli = new CliFixture(directory.resolve("home"), directory);
  }

  @ParameterizedTest
  @CsvSource({
    "--connections,4,part.connections,4",
    "--connect-timeout,5s,http.connect-timeout,5s",
    "--stall-timeout,1m30s,http.stall-timeout,1m30s",
    "--min-speed,100KiB/s,http.min-speed,100KiB/s",
    "--min-speed,2048,http.min-speed,2048",
    "--min-speed-window,30s,http.min-speed-window,30s",
    "--tries,3,retry.tries,3",
    "--backoff,250ms,retry.backoff,250ms",
    "--max-retry-after,2m,retry.max-retry-after,2m",
    "--max-size,8MiB,limit.max-size,8MiB",
    "--limit-rate,5MiB/s,limit.rate,5MiB/s",
    "--guard-allow,h.internal,http.guard-allow,h.internal",
    "--disk-wait,5m,disk.wait,5m",
    "--proxy,http://p.test:3128,http.proxy,http://p.test:3128"
  })
  void everyTuningOptionIsOneSetting(String option, String value, String key, String setting) {
    Map<String, String> ofGet = get(URL, option, value).overrides();
    Map<String, String> ofOnce =
        cli.parse(OnceCommand.class, "once", "--sources", "s", "--to", "in", option, value)
            .request()
            .overrides();

    assertThat(ofGet).containsEntry("dromedary." + key, setting).hasSize(4);
    assertThat(ofOnce).containsEntry("dromedary." + key, setting).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "--stall-timeout,0s,a duration of 100ms to 1h",
    "--max-retry-after,400d,a duration of 0s to 7d",
    "--min-speed,99TiB,a rate of 0 to 1TiB",
    "--guard-allow,nope/33,'host names, addresses and blocks such as 10.1.0.0/16'"
  })
  void valueOutOfBoundsIsToldByTheNameOfItsOption(String option, String value, String expected) {
    assertThatThrownBy(() -> get(URL, option, value))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(option + " '" + value + "': expected " + expected);
  }

  @Test
  void theCaFileIsASetting_whenItCanBeRead() throws IOException {
    Path file = Files.writeString(directory.resolve("ca.pem"), "x");

    assertThat(get(URL, "--ca-file", "ca.pem").overrides())
        .containsEntry("dromedary.http.ca-file", file.toString());
    assertThatThrownBy(() -> get(URL, "--ca-file", "none.pem"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.pem");
  }

  @Test
  void getIsOneSourceInTheCurrentDirectory() {
    RunRequest request = get(URL + "#part", "http://mirror.example/other/data.bin");
    Source source = source(request);

    assertThat(request.mode()).isEqualTo(RunMode.ONE_POLL);
    assertThat(request.configFile()).isNull();
    assertThat(request.overrides())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "dromedary.landing", directory.toString(),
                "dromedary.work", directory.resolve(".dromedary").toString(),
                "dromedary.retry.wrong-digest", "0s"));
    assertThat(source.id()).isEqualTo("data.bin");
    assertThat(source.target()).isEqualTo("data.bin");
    assertThat(source.urls())
        .containsExactly(URI.create(URL), URI.create("http://mirror.example/other/data.bin"));
    assertThat(source.allowUnknownLength()).isFalse();
  }

  @Test
  void aMirrorMayHaveAnotherName_whenTheFileIsNamedOrKnown() {
    String mirror = "http://mirror.example/download?id=3";

    assertThat(source(get(URL, mirror, "-o", "data.bin")).urls()).hasSize(2);
    assertThat(source(get(URL, mirror, "--digest", DIGEST)).urls()).hasSize(2);
  }

  @Test
  void theDemoWorksInTheCheckout_elseBelowTheCurrentDirectory() throws IOException {
    assertThat(cli.parse(DemoCommand.class, "demo").request().overrides())
        .containsEntry(
            "dromedary.work", directory.resolve("dromedary-demo").resolve("work").toString())
        .containsEntry("dromedary.http.proxy", "none");

    Files.createDirectories(directory.resolve("home"));
    Files.writeString(directory.resolve("home/pom.xml"), "");

    assertThat(cli.parse(DemoCommand.class, "demo").request().overrides())
        .containsEntry("dromedary.work", directory.resolve("home/target/demo/work").toString());
  }

  @Test
  void getTakesWhatIsKnownOfTheFile() {
    Source source =
        source(
            get(
                URL,
                "--digest",
                DIGEST,
                "--size",
                "8KiB",
                "--header",
                "Authorization: Bearer a:b",
                "--header",
                "X-Empty:",
                "--allow-unknown-length"));

    assertThat(source.digests()).containsExactly(ExpectedDigest.parse(DIGEST));
    assertThat(source.sizeBytes()).hasValue(8192);
    assertThat(source.headers()).isEqualTo(Map.of("Authorization", "Bearer a:b", "X-Empty", ""));
    assertThat(source.allowUnknownLength()).isTrue();
  }

  @Test
  void getTakesTheDigestFileOfTheFirstUrl() {
    assertThat(source(get(URL, "http://mirror.example/other", "--digest-from", ".sha256")))
        .extracting(Source::digestFile)
        .isEqualTo(
            Optional.of(
                new DigestFile(
                    URI.create(URL.replace("data.bin", "data.bin.sha256")),
                    Optional.of(DigestAlgorithm.SHA_256))));
    assertThat(source(get(URL)).digestFile()).isEmpty();
  }

  @Test
  void outputFileIsDirectoryAndName() {
    RunRequest request = get(URL, "-o", "sub/../in/name.iso");

    assertThat(source(request).target()).isEqualTo("name.iso");
    assertThat(request.overrides())
        .containsEntry("dromedary.landing", directory.resolve("in").toString())
        .containsEntry("dromedary.work", directory.resolve("in/.dromedary").toString());
  }

  @Test
  void toAndWorkAreDirectories() {
    RunRequest request = get(URL, "--to", "in", "--work", "elsewhere");

    assertThat(request.overrides())
        .containsEntry("dromedary.landing", directory.resolve("in").toString())
        .containsEntry("dromedary.work", directory.resolve("elsewhere").toString());
  }

  @Test
  void theConfigurationOfTheHomeIsUsed_unlessAnotherIsNamed() throws IOException {
    Path standard = directory.resolve("home/config/application.properties");
    Files.createDirectories(standard.getParent());
    Files.writeString(standard, "");
    Path other = Files.writeString(directory.resolve("other.properties"), "");

    assertThat(get(URL).configFile()).isEqualTo(standard);
    assertThat(get(URL, "--config", "other.properties").configFile()).isEqualTo(other);
    assertThat(cli.parse(RunCommand.class, "run").request())
        .isEqualTo(
            new RunRequest(RunMode.SERVICE, directory.resolve("home"), standard, Map.of(), null));
  }

  @Test
  void onceReadsUrlsFromStandardInput() {
    CliFixture piped =
        new CliFixture(directory, directory, "\uFEFF# some\nhttp://h/a\n\nhttp://h/b\n");

    RunRequest request =
        piped.parse(OnceCommand.class, "once", "--sources", "-", "--to", "in").request();

    assertThat(request.sources()).extracting(Source::id).containsExactly("a", "b");
    assertThat(request.overrides()).doesNotContainKey("dromedary.sources");
    assertThat(
            piped
                .parse(OnceCommand.class, "once", "--sources", "./-", "--to", "in")
                .request()
                .sources())
        .isNull();
  }

  @Test
  void onceReadsItsListAndLandsInItsDirectory() {
    RunRequest request =
        cli.parse(OnceCommand.class, "once", "--sources", "urls.txt", "--to", "in").request();

    assertThat(request.sources()).isNull();
    assertThat(request.overrides())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "dromedary.sources", directory.resolve("urls.txt").toString(),
                "dromedary.landing", directory.resolve("in").toString(),
                "dromedary.work", directory.resolve("in/.dromedary").toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected a command",
        "gte|unknown command 'gte', did you mean 'get'?",
        "bogus|unknown command 'bogus'",
        "bogus --help|unknown command 'bogus'",
        "stauts -h|unknown command 'stauts', did you mean 'status'?",
        "help bogus|unknown command 'bogus'",
        "help gte|unknown command 'gte', did you mean 'get'?",
        "get|URL",
        "get ftp://h/x|expected scheme http or https",
        "get http:///x|expected a host",
        "get http://h/a{{env:HOME}}|expected a literal URL",
        "get http://h/|'http://h/' names no file; give a name with -o FILE",
        "get http://h|'http://h' names no file; give a name with -o FILE",
        "get http://h/..|give a name with -o FILE",
        "get http://h/a%2Fb|give a name with -o FILE",
        "get http://h/a%1bb|give a name with -o FILE",
        "get http://h/.dromedary|give a name with -o FILE",
        "get http://h/a --conections 3|did you mean '--connections'?",
        "get http://h/a --connections 0|'0': expected a number of 1 to 64",
        "limit --connections 0 --host h|'0': expected a number of 1 to 1000, or configured",
        "limit --concurrency many|'many': expected a number, or configured",
        "get http://h/a --connections 65|'65': expected a number of 1 to 64",
        "get http://h/a --tries 0|'0': expected a number of 1 to 1000",
        "get http://h/a --tries 5000|'5000': expected a number of 1 to 1000",
        "failures --limit 0|'0': expected a whole number from 1 to 1000",
        "failures --limit 5000|'5000': expected a whole number from 1 to 1000",
        "sources --limit -1|'-1': expected a whole number from 1 to 1000",
        "sources --offset -1|'-1': expected a whole number from 0 to",
        "transfers --recent 201|'201': expected a whole number from 0 to 200",
        "sources state=failde|'state=failde': did you mean 'failed'? Expected one of new, queued,",
        "sources a state=x|'state=x': expected one of new, queued, running, retrying",
        "retry --code foo|--code 'foo': expected a code as 'dromedary failures' tells it",
        "retry --code E440|did you mean 'E4400'?",
        "get http://h/a --tries many|'many': expected a number of 1 to 1000",
        "get http://h/a --stall-timeout 5|expected numbers with units",
        "get http://h/a --max-size huge|expected a number of bytes",
        "get http://h/a --min-speed fast|expected a number of bytes",
        "get http://h/a --digest crc=00|expected one of md5",
        "get http://h/a --digest-from ftp://h/a|expected scheme http or https",
        "get http://h/ -o a --digest-from .md5|expected a URL that ends in a file name",
        "get http://h/a --digest-from .sha384|expected a digest file of md5",
        "get http://h/a --digest md5=00|expected 32 hexadecimal digits",
        "get http://h/a --header nocolon|expected 'Name: value'",
        "get http://h/a --header Range:bytes=0-|this header is set by dromedary",
        "get http://h/a --header A:1 --header a:2|given twice",
        "get http://h/a -o x --to y|mutually exclusive",
        "get http://h/a -o -|-o -: expected a file",
        "get http://h/a -o home|to land in it give --to home",
        "get http://h/a -o new/|to land in it give --to new/",
        "get http://h/a http://g/b|'http://g/b' is taken as a mirror of 'http://h/a'",
        "get http://h/a http://g/a http://f/|several files are a list for 'dromedary once'",
        "get http://h/a --to in http://g/b?k=v|several files are a list",
        "get http://h/a --config none|expected a readable file",
        "get http://h/a @args|expected an absolute URL",
        "check --sources -|--sources -: expected a file; only once reads standard input",
        "once --to in|--sources",
        "once --sources s|--to",
        "run now|Unmatched argument",
        "limit --rate 300 kb|'kb'; a number and its unit are one word, such as 300kB or 5MiB/s",
        "get http://h/a --limit-rate 300 kb|'kb': expected an absolute URL that begins with http://"
            + " or https://; a number and its unit are one word, such as 300kB or 5MiB/s",
        "limit --rate 300 MB/s|'MB/s'; a number and its unit are one word",
        "limit --origin foo|'foo': expected HOST=RATE",
        "limit --source =1MiB|'=1MiB': expected ID=RATE",
        "limit --origin a=fast|'fast': expected a number of bytes",
        "limit --rate 0.5|'0.5': expected a unit behind a fraction, such as 0.5MiB",
        "get http://h/a --to in --to out|--to",
        "get http://h/a --tries 1 --tries 2|--tries: given twice",
        "limit --rate 1 --json --rate 2|--rate: given twice",
        "get http://h/a -o /dev/stdout|-o /dev/stdout: expected a file",
        "get http://h/a -o /dev/fd/1|-o /dev/fd/1: expected a file",
        "get http://h/a -o /proc/self/fd/1|-o /proc/self/fd/1: expected a file",
        "demo --dir .|not from an earlier demo"
      })
  void aWrongCommandLineIsOneClearMessage_andStatus2(String line, String message)
      throws IOException {
    Files.writeString(directory.resolve("precious"), "");
    Files.createDirectories(directory.resolve("home"));

    int status = cli.execute(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(status).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err().lines()).hasSize(2);
    assertThat(cli.err()).startsWith("dromedary: ").contains(message).contains("--help'.");
    assertThat(directory.resolve("precious")).exists();
  }

  @Test
  void aFlagMayBeGivenTwice() {
    GetCommand get = cli.parse(GetCommand.class, "get", URL, "-q", "-qv", "--json", "--json", "-q");

    assertThat(get.output.isQuiet).isTrue();
    assertThat(get.output.isJson).isTrue();
    assertThat(get.common.isDebug).isTrue();
    assertThat(cli.execute("check", "-v", "-v", "--sources", "-")).isEqualTo(2);
    assertThat(cli.err()).contains("dromedary: --sources -: expected a file");
  }

  /** Of an unset variable in a script nothing is left, and nothing is no directory. */
  @Test
  void anEmptyPathIsRefused_whateverOptionItIsGivenTo() {
    List<String> refused = new ArrayList<>();
    Dromedary.commandLine(cli.environment)
        .getSubcommands()
        .forEach(
            (name, command) ->
                command.getCommandSpec().options().stream()
                    .filter(option -> option.paramLabel().matches("FILE|DIR"))
                    .forEach(
                        option -> {
                          String line = name + " " + option.longestName();
                          assertThatThrownBy(() -> command.parseArgs(option.longestName(), ""))
                              .as(line)
                              .hasMessageContaining(option.longestName())
                              .hasMessageContaining("expected a path, found nothing");
                          refused.add(line);
                        }));

    assertThat(refused)
        .contains("get --to", "get --output", "get --work", "once --sources", "once --to")
        .contains("check --sources", "status --work", "run --config", "demo --dir");
  }

  @Test
  void anEmptyPathIsOneMessage_andStatus2() {
    assertThat(cli.execute("get", URL, "--to", "")).isEqualTo(2);
    assertThat(cli.err())
        .startsWith("dromedary: Invalid value for option '--to': expected a path")
        .contains("--help'.");
  }

  @Test
  void aHeaderThatMayBeACredentialIsNotRepeated() {
    cli.execute("get", URL, "--header", "Authorization: se\ncret");

    assertThat(cli.err()).doesNotContain("cret").contains("--header");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get",
        "once",
        "run",
        "demo",
        "check",
        "status",
        "sources",
        "transfers",
        "failures",
        "poll",
        "pause",
        "resume",
        "cancel",
        "retry",
        "limit",
        "drain",
        "completion"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(cli.execute(command, "--help")).isZero();
    assertThat(cli.out())
        .contains("Usage: dromedary " + command, "Options:", "Exit status:", "Examples:");
    assertThat(cli.err()).isEmpty();
    Objects.requireNonNull(Dromedary.commandLine(cli.environment).getSubcommands().get(command))
        .getCommandSpec()
        .options()
        .forEach(option -> assertThat(cli.out()).contains(written(option)));
    assertThat(cli.out()).as("a name that begins with a dot").doesNotContainPattern("[ (][.]\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get|0, 1, 2, 3, 130|landed or was unchanged",
        "once|0, 1, 2, 3, 130|landed or was unchanged",
        "demo|0, 1, 2, 3, 130|as expected",
        "run|0, 1, 2, 3|stopped in order",
        "check|0, 1, 2|Nothing is wrong",
        "completion|0, 1, 2|printed",
        "console-password|0, 1, 2|printed",
        "status|0, 1, 2|told",
        "failures|0, 1, 2|told",
        "retry|0, 1, 2|Nothing matched",
        "pause|0, 1, 2|Nothing matched",
        "''|0, 1, 2, 3, 130|done",
      })
  void everyCommandTellsItsOwnExitStatuses(String command, String statuses, String words) {
    String line = command.isEmpty() ? "--help" : command + " --help";
    assertThat(cli.execute(line.split(" "))).isZero();

    String told = cli.out().replaceAll("(?s).*\nExit status:\n(.*?)\n\n.*", "$1");
    assertThat(told.lines().filter(row -> row.matches(" +[0-9]+ .*")))
        .extracting(row -> row.strip().split(" ")[0])
        .containsExactly(statuses.split(", "));
    assertThat(told).contains(words);
  }

  @Test
  void theExampleOfAHeaderKeepsTheTokenOutOfTheCommandLine() {
    assertThat(cli.execute("get", "--help")).isZero();
    assertThat(cli.out())
        .contains("'Authorization: Bearer {{env:TOKEN}}'", "{{file:PATH}}")
        .doesNotContain("Bearer ...");
  }

  @Test
  void helpOfGetTellsWhatStaysBesideTheFile_andThatItMayGo() {
    assertThat(cli.execute("get", "--help")).isZero();
    assertThat(cli.out().replaceAll("\\s+", " "))
        .contains(".dromedary beside the file; it may be deleted when nothing runs");
  }

  @Test
  void anExampleIsNeverWrapped() {
    CommandLine program = Dromedary.commandLine(cli.environment);
    List<CommandLine> all = new ArrayList<>(program.getSubcommands().values());
    all.add(program);
    assertThat(all).hasSizeGreaterThan(15);
    for (CommandLine command : all) {
      assertThat(command.getUsageMessage().lines())
          .as(command.getCommandName())
          .containsAll(List.of(command.getCommandSpec().usageMessage().footer()));
    }
  }

  private static String written(OptionSpec option) {
    return option.arity().max() == 0
        ? option.longestName()
        : option.longestName() + "=" + option.paramLabel();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status", "sources", "transfers x", "limit", "poll x", "drain", "retry x"})
  void aCommandToAServiceThatDoesNotRunIsOneClearMessage_andStatus2(String line) {
    String work = directory.resolve("nowhere").toString();
    String[] words = (line + " --json --work " + work).split(" ");

    assertThat(cli.execute(words)).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            "dromedary: E5015 work directory "
                + work
                + ": no service runs (start it with dromedary run, or name its directory with"
                + " --work)\n");
    assertThat(cli.out()).isEmpty();
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void completionKnowsEveryCommandAndOption_butNotTheHiddenOne() {
    assertThat(cli.execute("completion", "zsh")).isZero();
    assertThat(cli.out())
        .contains("bashcompinit", "status", "--watch", "--connections")
        .doesNotContain("train");
  }

  @Test
  void helpNamesWhatTheUsageHas() {
    assertThat(cli.execute("get", "--help")).isZero();
    assertThat(cli.out()).contains("URL...").doesNotContain("MIRROR");
    assertThat(cli.execute("demo", "--help")).isZero();
    assertThat(cli.out()).contains("demo/application.properties");
  }

  @Test
  void theProgramExplainsItselfAndItsVersion() {
    assertThat(cli.execute("--help")).isZero();
    assertThat(cli.execute("--version")).isZero();
    assertThat(cli.out())
        .contains("Commands:", "Environment:", "Examples:", "dromedary development", "Java ");
  }

  @Test
  void checkPrintsEveryProblemAndStatus2_orOk() {
    CheckCommand check = cli.parse(CheckCommand.class, "check");

    Path list = Path.of("/etc/a\u001bb.yaml");
    List<Path> routes = List.of(Path.of("/etc/routes"), Path.of("/etc/own"));
    assertThat(check.report(new CheckReport(List.of(), list, 3, routes, 6, List.of()))).isZero();
    assertThat(
            check.report(
                new CheckReport(
                    List.of(
                        new Problem("sources.yaml", 3, "unknown key 'ulr', did you mean 'url'?"),
                        new Problem("a\u001bb", 0, "no file")),
                    list,
                    0,
                    routes,
                    0,
                    List.of(new Problem("sources.yaml", 7, "header 'X': written out")))))
        .isEqualTo(2);
    assertThat(cli.out().lines().toList())
        .containsExactly(
            "ok: 3 sources in /etc/a\\x1bb.yaml, 6 routes in /etc/routes, /etc/own",
            "sources.yaml:3: unknown key 'ulr', did you mean 'url'?",
            "a\\x1bb: no file",
            "sources.yaml:7: warning: header 'X': written out");
  }

  @Test
  void aDemoEmptiesItsOwnDirectoryOnly() throws IOException {
    Path demo = directory.resolve("demo");
    DemoDirectory.prepare(demo);
    Path old = Files.createDirectories(demo.resolve("landing/deep")).resolve("old");
    Files.writeString(old, "old");
    Path outside = Files.writeString(directory.resolve("outside"), "kept");
    Files.createSymbolicLink(demo.resolve("link"), directory);

    DemoDirectory.prepare(demo);

    assertThat(demo.resolve("landing")).doesNotExist();
    assertThat(outside).hasContent("kept");
  }

  private RunRequest get(String... args) {
    List<String> line = new ArrayList<>(List.of("get"));
    line.addAll(List.of(args));
    return cli.parse(GetCommand.class, line.toArray(String[]::new)).request();
  }

  private static Source source(RunRequest request) {
    return Objects.requireNonNull(request.sources()).get(0);
  }
}

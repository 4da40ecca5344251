package dev.dromedary.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.part.SecondFileSystem;
import dev.dromedary.transfer.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is told with file and line, and telling it changes nothing on the disk. */
class CheckRunnerTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @SuppressWarnings("NullAway.Init")
  private HomeFixture home;

  @BeforeEach
  void copyWhatIsShipped() throws IOException {
    home = new HomeFixture(directory.resolve("a home"));
  }

  private List<String> problems() throws IOException {
    Map<String, String> before = HomeFixture.contents(directory);
    List<String> problems =
        CheckRunner.check(home.request()).problems().stream()
            .map(Problem::toString)
            .map(text -> text.replace(home.path() + "/", ""))
            .toList();
    assertThat(HomeFixture.contents(directory)).isEqualTo(before);
    return problems;
  }

  @Test
  void whatIsShippedIsGood_alsoBelowADirectoryWithASpace() throws IOException {
    Map<String, String> before = HomeFixture.contents(directory);

    assertThat(CheckRunner.check(home.request()))
        .isEqualTo(
            new CheckReport(
                List.of(),
                home.path().resolve("config/sources.yaml"),
                0,
                List.of(home.path().resolve("routes")),
                9,
                List.of()));
    assertThat(HomeFixture.contents(directory)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attempt-transfer|ref: transferSteps|ref: [transferSteps|17: expected YAML, found ':' in"
            + " place of ',' or ']'",
        "attempt-transfer|- bean:|- baen:|14: key 'baen': expected a step of Camel, did you mean"
            + " 'bean'?",
        "attempt-transfer|simple:|simpel:|25: key 'simpel': expected a known key, did you mean"
            + " 'simple'?",
        "attempt-transfer|.parts}|.parts|26: expected symbol functionEnd, found eol",
        "attempt-transfer|${exchangeProperty.parts}|${nofun}|26: expected a function of"
            + " the simple language, found 'nofun'",
        "attempt-transfer|ref: transferSteps|ref: transferStep|16: ref 'transferStep': expected a"
            + " known bean, did you mean 'transferSteps'?",
        "attempt-transfer|method: begin|method: begn|17: method 'begn' of bean"
            + " 'transferSteps': did you mean 'begin'? Expected one of begin, claim, conclude,"
            + " requireOutcome, unchanged, verify",
        "attempt-transfer|executorService: part|executorService: prat|23: executorService"
            + " 'pratThreads': expected a known bean, did you mean 'partThreads'?",
        "attempt-transfer|uri: direct:fetch-part|uri: dirct:fetch-part|34: uri 'dirct:fetch-part':"
            + " expected a component of Camel that is there, did you mean 'direct'?",
        "attempt-transfer|uri: direct:fetch-part|uri: direct:fetch-pat|34: uri 'direct:fetch-pat':"
            + " expected a route that begins with it, found none, did you mean"
            + " 'direct:fetch-part'?",
        "fetch-part|part.chunk-size|part.chunk-sise|57: placeholder '{{dromedary.part.chunk-sise}}':"
            + " expected a known setting or a key of the properties file, did you mean"
            + " 'dromedary.part.chunk-size'?",
        "fetch-part|disableStreamCache|disableStreamCach|36: option 'disableStreamCach': expected an"
            + " option of http:origin, did you mean 'disableStreamCache'?",
        "fetch-part|disableStreamCache: true|disableStreamCache: false|36: option"
            + " 'disableStreamCache': expected true, found false",
        "fetch-part|#originHeaders|#originHeader|40: headerFilterStrategy 'originHeader': expected a"
            + " known bean, did you mean 'originHeaders'?",
        "poll-sources|blockWhenFull|blockWenFull|45: option 'blockWenFull': expected an option of"
            + " seda:transfers, did you mean 'blockWhenFull'?",
        "attempt-transfer|uri: direct:fetch-part|uri: direct:fetch-part?timeot=1|34: option 'timeot':"
            + " expected an option of direct:fetch-part, did you mean 'timeout'?",
        "poll-sources|trigger.repeatInterval|trigger.repeatIntervall|16: option"
            + " 'trigger.repeatIntervall': expected an option of quartz:poll-sources, did you mean"
            + " 'trigger.repeatInterval'?",
        "poll-sources|triggerStartDelay: 0|cron: 0 0 2 * L ?|15: cron '0 0 2 * L ?': expected 1 to"
            + " 12 or JAN to DEC for the month, found 'L'",
        "poll-sources|triggerStartDelay: 0|cron: 0 99 2 * * ?|15: cron '0 99 2 * * ?': expected 0"
            + " to 59 for the minute, found '99'",
        "poll-sources|triggerStartDelay: 0|cron: 0+0+25+*+*+?|15: cron '0 0 25 * * ?': expected 0"
            + " to 23 for the hour, found '25'",
        "poll-sources|uri: quartz:poll-sources|uri: quartz:poll-sources?cron=0+0+25+*+*+?|12: cron"
            + " '0 0 25 * * ?': expected 0 to 23 for the hour, found '25'",
        "deliver-file|id: deliver-file|id: dead-letter|7: id 'dead-letter': expected once,"
            + " dead-letter.camel.yaml:5 has it too",
        "deliver-file|id: deliver-file|id: delivery|7: id 'delivery': expected 'deliver-file' as the"
            + " file is named, or the file name delivery.camel.yaml",
        "deliver-file|routeConfigurationId: caller|routeConfigurationId: caler|11:"
            + " routeConfigurationId 'caler-decides': expected the id of a routeConfiguration, did"
            + " you mean 'caller-decides'?",
        "transfer-file|size: \"{{dromedary.transfer.queue}}\"|purgeWhenStopping: maybe|15: expected"
            + " true or false, found 'maybe'",
        "failures|java.lang.Throwable|java.lang.Throwabl|11: class 'java.lang.Throwabl':"
            + " expected one that is there, found none",
      })
  void tellsWhatIsWrongInARoute(String route, String found, String written, String problem)
      throws IOException {
    String file = "routes/" + route + ".camel.yaml";
    home.edit(file, found, written);

    assertThat(problems()).containsExactly(file + ":" + problem);
  }

  @Test
  void tellsWhatIsWrongWithACron_whereASettingHasIt() throws IOException {
    String config = "config/application.properties";
    home.edit(config, "console.bind=127.0.0.1", "console.bind=127.0.0.1\nmy.cron=0 0 2 * * *");
    home.edit("routes/poll-sources.camel.yaml", "triggerStartDelay: 0", "cron: '{{my.cron}}'");

    assertThat(problems())
        .containsExactly(
            "routes/poll-sources.camel.yaml:15: cron '0 0 2 * * *': expected ? for one of day and"
                + " weekday, did you mean '0 0 2 * * ?'?");
  }

  @Test
  void tellsOnceWhatTwoSettingsMakeTogether_andWhatElseIsWrong() throws IOException {
    String config = "config/application.properties";
    int bind = home.edit(config, "console.bind=127.0.0.1", "console.bind=0.0.0.0");
    home.edit("routes/fetch-part.camel.yaml", "disableStreamCache:", "disableStreamCach:");

    assertThat(problems())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            config + ":" + bind + ": dromedary.console.bind '0.0.0.0': expected a loopback");
  }

  @Test
  void tellsWhichFilesARunWouldNotFind() throws IOException {
    Path keys = directory.resolve("keys.p12");
    Path file = Files.createFile(directory.resolve("a-file"));
    String config = "config/application.properties";
    int log = home.edit(config, "dromedary.log.file=", "dromedary.log.file=" + file + "/log");
    int store =
        home.edit(config, "dromedary.console.keystore=", "dromedary.console.keystore=" + keys);

    assertThat(problems())
        .containsExactly(
            config
                + ":"
                + log
                + ": dromedary.log.file '"
                + file
                + "': expected a directory to write to, found a file",
            config
                + ":"
                + store
                + ": dromedary.console.keystore '"
                + keys
                + "': expected a file, found none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "another|expected a PKCS12 store that the password opens, found another password;"
            + " dromedary.console.keystore-password-file names the file whose first line it is",
        "secret|expected a PKCS12 store with a key and its certificate, found"
            + " java.security.GeneralSecurityException: no key in it",
      })
  void tellsThatTheStoreOfTheConsoleDoesNotOpen(
      String password, String why, @TempDir Path elsewhere) throws Exception {
    Path keys = elsewhere.resolve("keys.p12");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (OutputStream bytes = Files.newOutputStream(keys)) {
      store.store(bytes, "secret".toCharArray());
    }
    Path passwords = Files.writeString(elsewhere.resolve("password"), password + "\n");
    String config = "config/application.properties";
    String key = "dromedary.console.keystore=";
    String passwordKey = "dromedary.console.keystore-password-file=";
    int line = home.edit(config, key, key + keys);
    home.edit(config, passwordKey, passwordKey + passwords);

    assertThat(problems())
        .containsExactly(
            config + ":" + line + ": dromedary.console.keystore '" + keys + "': " + why);
  }

  @Test
  void tellsWhatIsWrongWithTheUsersOfTheConsole() throws IOException {
    Path users = Files.writeString(directory.resolve("users"), "# nobody\nsomebody:secret\n");
    String key = "dromedary.console.password-file=";
    home.edit("config/application.properties", key, key + users);

    assertThat(problems()).singleElement().asString().startsWith(users + ":2: ");
  }

  @Test
  void tellsEachEndpointOfASettingThatCannotBe() throws IOException {
    String config = "config/application.properties";
    int landed =
        home.edit(
            config,
            "landed.uri=log:landed?level=DEBUG",
            "landed.uri=nosuch://bob:secret@foo?password=secret");
    int failed =
        home.edit(config, "failed.uri=log:failed?level=DEBUG", "failed.uri=direct:nowhere");

    assertThat(problems())
        .containsExactlyInAnyOrder(
            config
                + ":"
                + landed
                + ": dromedary.landed.uri: uri 'nosuch:foo?…': expected a component of Camel"
                + " that is there",
            config
                + ":"
                + failed
                + ": dromedary.failed.uri: uri 'direct:nowhere': expected a route that begins with"
                + " it, found none");
  }

  @Test
  void tellsEachWrongOptionOfTheEndpointsOfSettings_atOnce() throws IOException {
    String config = "config/application.properties";
    int delivery =
        home.edit(
            config,
            "delivery.uri=",
            "delivery.uri=file:///tmp/out?fileExist=overide&autoCreate=maybe&bufferSize=5k");
    int landed =
        home.edit(
            config, "landed.uri=log:landed?level=DEBUG", "landed.uri=seda:x?timeout=soon&siez=3");
    int failed =
        home.edit(
            config,
            "failed.uri=log:failed?level=DEBUG",
            "failed.uri=https://127.0.0.1:9/hook?httpMethod=PUSH&connectTimeout=500");
    home.write(
        "routes/x.camel.yaml",
        """
        - route:
            id: x
            routeConfigurationId: caller-decides
            from:
              uri: seda:x
              steps:
                - log: x
        """);

    assertThat(problems())
        .containsExactlyInAnyOrder(
            config
                + ":"
                + delivery
                + ": dromedary.delivery.uri: option 'fileExist': expected one of Override, Append,"
                + " Fail, Ignore, Move, TryRename, found 'overide', did you mean 'Override'?",
            config
                + ":"
                + delivery
                + ": dromedary.delivery.uri: option 'autoCreate': expected true or false, found"
                + " 'maybe'",
            config
                + ":"
                + delivery
                + ": dromedary.delivery.uri: option 'bufferSize': expected a whole number, found"
                + " '5k'",
            config
                + ":"
                + landed
                + ": dromedary.landed.uri: option 'timeout': expected a whole number or a duration"
                + " such as 5s or 1h30m, found 'soon'",
            config
                + ":"
                + landed
                + ": dromedary.landed.uri: option 'siez': expected an option of seda:x, did you"
                + " mean 'size'?",
            config
                + ":"
                + failed
                + ": dromedary.failed.uri: option 'httpMethod': expected one of GET, POST, PUT,"
                + " DELETE, HEAD, OPTIONS, TRACE, PATCH, found 'PUSH'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:/tmp/x?FILEEXIST=append&autocreate=TRUE&bufferSize={{env:NOPE:4096}}",
        "file:/tmp/x?bufferSize=RAW(4096)&appendChars=RAW(a&autoCreate=maybe)",
        "file:/tmp/x?idempotentRepository=#noSuchBean&readLockTimeout=1h30m&delay=-1",
        "http://127.0.0.1:9/hook?httpMethod=%70ost&level=maybe&okStatusCodeRange=200-299",
        "log:landed?{{?of.log}}&level=debug&showAll={{no.such:true}}",
      })
  void takesWhatCamelTakesAsOption(String uri) throws IOException {
    home.edit(
        "config/application.properties", "landed.uri=log:landed?level=DEBUG", "landed.uri=" + uri);

    assertThat(problems()).filteredOn(problem -> problem.contains("': expected ")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "log:landed?level=LOUD|expected a LoggingLevel, found 'LOUD'",
        "http://127.0.0.1:9/hook?connectTimeout=abc|expected a number, found 'abc'",
        "file:{{env:HOME}}/x?charset=utf-88|option 'charset': utf-88",
      })
  void tellsWhatElseCamelHasAgainstAnEndpoint_whereItsSettingStands(String uri, String problem)
      throws IOException {
    String config = "config/application.properties";
    int line = home.edit(config, "landed.uri=log:landed?level=DEBUG", "landed.uri=" + uri);

    assertThat(problems())
        .containsExactly(config + ":" + line + ": dromedary.landed.uri: " + problem);
  }

  @Test
  void tellsWhichVariableIsNotSet() throws IOException {
    String config = "config/application.properties";
    int landed =
        home.edit(
            config,
            "landed.uri=log:landed?level=DEBUG",
            "landed.uri=file:{{env:DROMEDARY_NOPE}}/x?charset={{env:DROMEDARY_NOPE:UTF-8}}");
    int own = home.edit(config, "camel.main.name=dromedary", "own.dir={{env:DROMEDARY_NOPE}}/y");
    home.write(
        "routes/x.camel.yaml",
        """
        - route:
            id: x
            routeConfigurationId: caller-decides
            from:
              uri: direct:x
              steps:
                - log: "{{own.dir}} {{env:DROMEDARY_NO}} {{env:HOME}} {{?env:DROMEDARY_NO}}"
        """);
    String variable = "variable 'DROMEDARY_NOPE': expected it in the environment, found none;";
    String remedy = " set it, or write {{env:DROMEDARY_NOPE:VALUE}} for a value without it";

    assertThat(problems())
        .containsExactlyInAnyOrder(
            config + ":" + landed + ": dromedary.landed.uri: " + variable + remedy,
            config + ":" + own + ": own.dir: " + variable + remedy,
            "routes/x.camel.yaml:7: "
                + (variable + remedy).replace("DROMEDARY_NOPE", "DROMEDARY_NO"));
  }

  @Test
  void routeWithoutARouteAroundIsRefused_forItHasNoId() throws IOException {
    home.write(
        "routes/mine.camel.yaml", "- from:\n    uri: direct:mine\n    steps:\n      - log: x\n");

    assertThat(CheckRunner.check(home.request()).problems())
        .extracting(problem -> problem.line() + ": " + problem.message())
        .contains("1: from: expected within a route with the id 'mine'");
  }

  @Test
  void asManyTransfersMayRunAsTheSettingSays() throws IOException {
    home.edit(
        "config/application.properties", "transfer.concurrency=4", "transfer.concurrency=1000");

    assertThat(CheckRunner.check(home.request()).problems())
        .extracting(Problem::message)
        .allMatch(message -> message.contains("memory outside the heap"));
  }

  @Test
  void fileOfRoutesWithAnotherNameIsToldNotToBeRead() throws IOException {
    home.write("routes/mine.yaml", "- route: {}\n");

    assertThat(CheckRunner.check(home.request()).warnings())
        .extracting(warning -> Path.of(warning.file()).getFileName() + ": " + warning.message())
        .containsExactly("mine.yaml: expected the name mine.camel.yaml; as it is, it is not read");
  }

  @Test
  void tellsOnceThatAFileHasSeveralRoutes() throws IOException {
    home.write(
        "routes/mine.camel.yaml",
        """
        - routeConfiguration:
            id: quiet
            errorHandler:
              noErrorHandler: {}
        - route:
            id: first
            routeConfigurationId: quiet
            from:
              uri: direct:mine
              steps:
                - to:
                    uri: direct:second
        - route:
            id: second
            routeConfigurationId: quiet
            from:
              uri: direct:second
              steps:
                - log: x
        - route:
            from:
              uri: direct:third
              steps:
                - log: x
        """);

    assertThat(problems())
        .containsExactly(
            "routes/mine.camel.yaml:5: expected one route or routeConfiguration in a file, found 4:"
                + " give each a file that is named as its id, such as quiet.camel.yaml,"
                + " first.camel.yaml, second.camel.yaml");
  }

  @Test
  void tellsWhichRouteIsMissing() throws IOException {
    Files.delete(home.path().resolve("routes/fetch-part.camel.yaml"));

    assertThat(problems())
        .containsExactly(
            "routes/attempt-transfer.camel.yaml:34: uri 'direct:fetch-part': expected a route that"
                + " begins with it, found none, did you mean 'direct:fetch-digest'?");
  }

  @ParameterizedTest
  @CsvSource({"false,no such directory", "true,a file"})
  void tellsThatThereAreNoRoutes(boolean isFile, String found) throws IOException {
    Path routes = home.path().resolve("routes");
    String pattern = "camel.main.routesIncludePattern";
    int line = home.edit("config/application.properties", pattern, pattern);
    Files.move(routes, directory.resolve("elsewhere"));
    if (isFile) {
      Files.writeString(routes, "");
    }

    assertThat(problems())
        .containsExactly(
            "config/application.properties:"
                + line
                + ": "
                + pattern
                + " 'routes': expected route files *.camel.yaml, found "
                + found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "transfer.concurrency=4|transfer.concurency=4|dromedary.transfer.concurency: expected a"
            + " known key, did you mean 'dromedary.transfer.concurrency'?",
        "chunk-size=1MiB|chunk-size=512KB?|dromedary.part.chunk-size '512KB?': expected a size"
            + " of 16KiB to 16MiB",
        "sources=config/sources.yaml|sources=lists/none.yaml|dromedary.sources"
            + " 'HOME/lists/none.yaml': expected a readable file, found none",
        "origins=config/origins.yaml|origins=routes|dromedary.origins 'HOME/routes': expected a"
            + " readable file, found a directory",
        "origins=config/origins.yaml|origins=config/o2.yaml|dromedary.origins 'HOME/config/o2.yaml':"
            + " expected a readable file, found none",
        "work=work|work=/proc/none/w|dromedary.work '/proc/none/w': expected a directory to write"
            + " to, found a file system of the kernel (proc) at /proc",
        "log.file=|log.file=/proc/none/log|dromedary.log.file '/proc/none': expected a directory to"
            + " write to, found a file system of the kernel (proc) at /proc",
        "log.file=|log.file=config|dromedary.log.file 'HOME/config': expected a file to write to,"
            + " found a directory",
        "landing=landing|landing=work|dromedary.landing 'HOME/work': expected a directory outside"
            + " dromedary.work",
        "landing=landing|landing=config/sources.yaml|dromedary.landing"
            + " 'HOME/config/sources.yaml': expected a directory to write to, found a file",
        "work=work|work=config/sources.yaml/w|dromedary.work 'HOME/config/sources.yaml/w':"
            + " expected a directory to write to, found a file at HOME/config/sources.yaml",
        "failed.uri=log:failed?level=DEBUG|failed.uri=direct:nowhere|dromedary.failed.uri: uri"
            + " 'direct:nowhere': expected a route that begins with it, found none",
        "landed.uri=log:landed?level=DEBUG|landed.uri=direct:nope|dromedary.landed.uri: uri"
            + " 'direct:nope': expected a route that begins with it, found none",
        "delivery.uri=|delivery.uri=direct:nope|dromedary.delivery.uri: uri 'direct:nope':"
            + " expected a route that begins with it, found none",
        "failed.uri=log:failed?level=DEBUG|failed.uri=file:///tmp/x?bogus=1|dromedary.failed.uri:"
            + " option 'bogus': expected an option of file:/tmp/x",
        "delivery.uri=|delivery.uri=file:/tmp/x?fileNam=y|dromedary.delivery.uri: option 'fileNam':"
            + " expected an option of file:/tmp/x, did you mean 'fileName'?",
        "landed.uri=log:|landed.uri=lgo:|dromedary.landed.uri: uri 'lgo:landed?…':"
            + " expected a component of Camel that is there, did you mean 'log'?",
        "main.shutdownTimeout|main.shutdownTimout|camel.main.shutdownTimout: expected a key that"
            + " Camel knows, did you mean 'camel.main.shutdownTimeout'?",
        "camel.main.name=dromedary|camel.main.route-filter-includ=x|camel.main.routeFilterInclud:"
            + " expected a key that Camel knows, did you mean"
            + " 'camel.main.routeFilterIncludePattern'?",
        "camel.main.name=dromedary|camel.component.sida.queueSize=4|camel.component.sida.queueSize:"
            + " cannot find component with name sida",
        "camel.main.name=dromedary|camel.main.useMdcLogging=maybe|camel.main.useMdcLogging:"
            + " expected true or false, found 'maybe'",
        "ca-file=|ca-file=routes/failures.camel.yaml|dromedary.http.ca-file"
            + " 'HOME/routes/failures.camel.yaml': expected certificates in PEM, found none",
        "ca-file=|ca-file=nope.pem|dromedary.http.ca-file 'HOME/nope.pem': expected certificates in"
            + " PEM, found none",
      })
  void tellsWhatIsWrongInTheSettings(String found, String written, String problem)
      throws IOException {
    int line = home.edit("config/application.properties", found, written);

    assertThat(problems())
        .containsExactly(
            "config/application.properties:" + line + ": " + problem.replace("HOME/", ""));
  }

  @Test
  void tellsAuthoritiesThatAreNotThere_besideAnEndpointThatCannotBe() throws IOException {
    String config = "config/application.properties";
    int file = home.edit(config, "http.ca-file=", "http.ca-file=nope.pem");
    int delivery = home.edit(config, "delivery.uri=", "delivery.uri=fiel:abc");

    assertThat(problems())
        .hasSize(2)
        .anyMatch(told -> told.startsWith(config + ":" + file + ": dromedary.http.ca-file"))
        .anyMatch(told -> told.startsWith(config + ":" + delivery + ": dromedary.delivery.uri"));
  }

  @Test
  void tellsWhichTargetHasTheNameOfAnothersProvenance_whileThatIsWritten() throws IOException {
    String list =
        """
        sources:
          - {id: a, url: "http://h/a", to: x}
          - {id: b, url: "http://h/b", to: X.provenance.json}
          - {id: c, url: "http://h/c", to: y.provenance.json/c}
          - {id: d, url: "http://h/d", to: y}
          - {id: e, url: "http://h/e", to: %s}
          - {id: f, url: "http://h/f", to: %s}
        """
            .formatted("e".repeat(239), "f".repeat(240));
    int line = home.edit("config/sources.yaml", "sources: []", list);
    assertThat(problems()).isEmpty();

    home.edit("config/application.properties", "landed.provenance=no", "landed.provenance=yes");

    String file = "config/sources.yaml:";
    assertThat(problems().stream().map(problem -> problem.replaceAll("f{99,}…", "ff…")))
        .containsExactly(
            file
                + (line + 2)
                + ": target 'X.provenance.json': expected a target of its own, line "
                + (line + 1)
                + " has it for its provenance (landed.provenance=yes); give one of them another"
                + " 'to'",
            file
                + (line + 4)
                + ": target 'y': expected 'y.provenance.json' free for its provenance"
                + " (landed.provenance=yes), line "
                + (line + 3)
                + " needs it as a directory; give one of them another 'to'",
            file
                + (line + 6)
                + ": target 'ff…': expected at most 239 bytes in the name of the file, since .provenance.json"
                + " is to stand behind it (landed.provenance=yes), found 240");
  }

  private List<String> warnings() {
    CheckReport report = CheckRunner.check(home.request());
    assertThat(report.problems()).isEmpty();
    return report.warnings().stream()
        .map(Problem::toString)
        .map(text -> text.replace(home.path() + "/", ""))
        .toList();
  }

  @Test
  void settingsOfHostsMayBeAbsentWhereTheyAreExpected() throws IOException {
    Files.delete(home.path().resolve("config/origins.yaml"));

    assertThat(warnings()).isEmpty();
  }

  @Test
  void warnsOfAKeyThatNobodyReads() throws IOException {
    int line =
        home.edit(
            "config/application.properties",
            "dromedary.work=work",
            "nonsense line\nmy.unused=x\nmy.used=log:x\nmy.inner=y\nmy.simple=z\n"
                + "my.outer={{my.inner}}\ndromedary.work=work");
    Files.writeString(
        home.path().resolve("routes/mine.camel.yaml"),
        """
        - route:
            id: mine
            from:
              uri: direct:mine
              steps:
                - to:
                    uri: "{{my.used}}?marker={{my.outer}}"
                - log:
                    message: "${properties:my.simple}"
        """);
    String expected =
        ": expected a key of this program, of Camel or that a route uses, found none of these";

    assertThat(warnings())
        .containsExactly(
            "config/application.properties:" + line + ": nonsense" + expected,
            "config/application.properties:" + (line + 1) + ": my.unused" + expected);
  }

  @Test
  void warnsOfSchedulesThatAreShorterThanTheyAreLookedFor() throws IOException {
    home.write(
        "config/sources.yaml",
        """
        sources:
          - url: https://example.org/a.bin
            every: 9s
          - url: https://example.org/b.bin
            every: 3s
          - url: https://example.org/c.bin
            every: 10s
        """);

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(
            "dromedary.poll.interval: expected at most 3s, for source 'b.bin' and 1 more are to be"
                + " polled as often, found 10s");
  }

  @Test
  void warnsOfAWorkDirectoryFromWhichEachFileWillBeCopied() throws IOException {
    Path memory = SecondFileSystem.besides(directory);
    Path absent = memory.resolve("dromedary-absent/work");
    int line =
        home.edit(
            "config/application.properties", "dromedary.work=work", "dromedary.work=" + absent);

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith(
            "config/application.properties:" + line + ": dromedary.work '" + absent + "': expected")
        .contains("landing zone 'landing' (", "each file is copied");
    assertThat(absent.getParent()).doesNotExist();
  }

  @Test
  void certificatesOfHostsAreRead() throws IOException {
    Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
    home.edit(
        "config/origins.yaml",
        "origins: []",
        "origins:\n  - host: h\n    clientCertificate: "
            + text
            + "\n  - host: i\n    caFile: "
            + text);

    assertThat(CheckRunner.check(home.request()).problems())
        .extracting(Problem::message)
        .containsExactly(
            "host 'h': clientCertificate "
                + text
                + ": expected PEM or a PKCS12 store, found neither",
            "host 'i': caFile " + text + ": expected certificates in PEM, found none");
  }

  @Test
  void warnsOfACredentialThatIsWrittenOutInTheSettingsOfAHost() throws IOException {
    int line =
        home.edit(
            "config/origins.yaml",
            "origins: []",
            "origins:\n  - host: h\n    headers: {Cookie: s3cret, X-Project: climate}");

    assertThat(warnings())
        .containsExactly(
            "config/origins.yaml:"
                + (line + 2)
                + ": header 'Cookie': expected a credential by reference, {{env:NAME}} or"
                + " {{file:PATH}}, found it written out");
  }

  @Test
  void warnsOnceOfAScheduleWhoseTimesAreAllPast() throws IOException {
    int line =
        home.edit(
            "config/sources.yaml",
            "sources: []",
            """
            sources:
              - {url: "http://h/a", cron: "0 0 2 * * ? 2020"}
              - {url: "http://h/b", cron: "0 0 2 * * ? 2020"}
              - {url: "http://h/c", cron: "0 0 2 * * ? 2020-2099"}
            """);

    assertThat(warnings())
        .containsExactly(
            "config/sources.yaml:"
                + (line + 1)
                + ": cron '0 0 2 * * ? 2020': expected a time to come, found none");
  }

  @Test
  void aBrokenPartDoesNotHideAnother() throws IOException {
    int tries = home.edit("config/application.properties", "retry.tries=10", "retry.tries=ten");
    int url = home.edit("config/sources.yaml", "sources: []", "sources:\n  - ulr: http://h/x") + 1;
    int host = home.edit("config/origins.yaml", "origins: []", "origins:\n  - hots: h") + 1;
    home.edit("routes/deliver-file.camel.yaml", "method: confirm", "method: confim");

    assertThat(problems())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("config/application.properties:" + tries + ": "),
            second -> assertThat(second).startsWith("config/sources.yaml:" + url + ": key 'ulr'"),
            third -> assertThat(third).startsWith("config/sources.yaml:" + url + ": url: "),
            fourth ->
                assertThat(fourth)
                    .startsWith(
                        "config/origins.yaml:" + host + ": key 'hots': did you mean 'host'? "),
            fifth -> assertThat(fifth).startsWith("config/origins.yaml:" + host + ": host: "),
            last -> assertThat(last).startsWith("routes/deliver-file.camel.yaml:32: method"));
  }
}

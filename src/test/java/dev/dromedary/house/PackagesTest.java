package dev.dromedary.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table of ARCHITECTURE.md holds: who may import whom, and who touches the world. */
class PackagesTest {

  private static final String ROOT = "dev.dromedary.";
  private static final int FEWEST_CLASSES = 300;
  private static final int FEWEST_CLASSES_IN_A_PACKAGE = 4;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.dromedary");

  /** What the words of the table stand for beyond the JDK, jspecify and the package itself. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("Bucket4j", List.of("io.github.bucket4j.")),
          Map.entry("Resilience4j", List.of("io.github.resilience4j.")),
          Map.entry("Camel", List.of("org.apache.camel.")),
          Map.entry(
              "camel-http's two interfaces",
              List.of(
                  "org.apache.camel.component.http.HttpClientConfigurer",
                  "org.apache.camel.spi.HeaderFilterStrategy",
                  "org.apache.camel.Exchange")),
          Map.entry("com.sun.management for the memory there is", List.of("com.sun.management.")),
          Map.entry("com.sun.nio.file for direct writes", List.of("com.sun.nio.file.")),
          Map.entry("CronExpression", List.of("org.quartz.CronExpression")),
          Map.entry("Flyway", List.of("org.flywaydb.")),
          Map.entry("HikariCP", List.of("com.zaxxer.hikari.")),
          Map.entry("HttpClient", List.of("org.apache.hc.")),
          Map.entry("HttpServer", List.of("com.sun.net.httpserver.")),
          Map.entry("JDBI", List.of("org.jdbi.")),
          Map.entry("Jackson", List.of("com.fasterxml.jackson.")),
          Map.entry("Jolokia", List.of("org.jolokia.")),
          Map.entry("Micrometer", List.of("io.micrometer.")),
          Map.entry("JMX", List.of("javax.management.", "com.sun.tools.attach.")),
          Map.entry("Logback", List.of("ch.qos.logback.classic.", "ch.qos.logback.core.")),
          Map.entry("picocli", List.of("picocli.")),
          Map.entry("Quartz", List.of("org.quartz.")),
          Map.entry("SLF4J", List.of("org.slf4j.")),
          Map.entry("SnakeYAML", List.of("org.yaml.snakeyaml.")),
          Map.entry("SQLite", List.of("org.sqlite.")),
          Map.entry("sun.misc.Signal for a window that changes", List.of("sun.misc.Signal")));

  private static final String EXCEPTIONS_OF_HTTP_CLIENT = "HttpClient's exceptions";

  private static final Map<String, Set<String>> TABLE = table();

  static Set<String> packages() {
    return TABLE.keySet();
  }

  @Test
  void findsTheClassesItJudges() {
    assertThat(CLASSES.size()).isGreaterThan(FEWEST_CLASSES);
    Map<String, Long> found =
        CLASSES.stream()
            .collect(
                Collectors.groupingBy(PackagesTest::owner, TreeMap::new, Collectors.counting()));
    assertThat(found.keySet()).isEqualTo(TABLE.keySet());
    assertThat(found.values()).allMatch(count -> count >= FEWEST_CLASSES_IN_A_PACKAGE);
  }

  @ParameterizedTest
  @MethodSource("packages")
  void importsOnlyWhatTheTableAllows(String name) {
    classes()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .onlyDependOnClassesThat(mayBeImportedBy(name))
        .check(CLASSES);
  }

  @Test
  void letsNoStageKnowAnotherOrCamel() {
    List<String> stages =
        List.of(
            "source",
            "plan",
            "response",
            "guard",
            "sidecar",
            "part",
            "digest",
            "failure",
            "ledger");
    for (String stage : stages) {
      assertThat(TABLE.get(stage))
          .as(stage)
          .contains("transfer")
          .doesNotContain("Camel")
          .doesNotContainAnyElementsOf(stages);
    }
    assertThat(TABLE.get("transfer")).isEmpty();
    assertThat(TABLE.get("demo")).containsExactly("transfer");
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void writesFilesOnlyWhereFilesAreTheJob() {
    Set<String> others =
        Set.of(
            ROOT + "app.WorkDirectory",
            ROOT + "app.TargetClaim",
            ROOT + "app.DryRun",
            ROOT + "app.StartTraces",
            ROOT + "cli.FailuresCommand",
            ROOT + "cli.StandardOutput",
            ROOT + "app.LogSettings",
            ROOT + "cli.TrainCommand",
            ROOT + "ledger.LedgerDatabase",
            ROOT + "ledger.SqliteLibrary",
            ROOT + "cli.DemoDirectory");
    noClasses()
        .that(
            describe(
                "have another job than files",
                type ->
                    !owner(type).equals("part")
                        && !owner(type).equals("provenance")
                        && !owner(type).equals("demo")
                        && !others.contains(type.getName())))
        .should()
        .callCodeUnitWhere(target(writesFiles()))
        .check(CLASSES);
  }

  @Test
  void touchesTheStandardStreamsOnlyInCli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  @Test
  void hasNoNamesThatSayNothing() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)(\\$.*)?")
        .check(CLASSES);
  }

  @Test
  void hasNoStaticStateThatChanges() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  private static Map<String, Set<String>> table() {
    Map<String, Set<String>> table = new TreeMap<>();
    for (List<String> row : Checkout.rows("ARCHITECTURE.md", "## Packages")) {
      String allowed = row.get(2);
      table.put(
          row.get(0).replace("`", ""),
          allowed.equals("–")
              ? Set.of()
              : Arrays.stream(allowed.split(","))
                  .map(word -> word.strip().replace("`", ""))
                  .collect(Collectors.toUnmodifiableSet()));
    }
    return table;
  }

  private static DescribedPredicate<JavaClass> mayBeImportedBy(String name) {
    return describe(
        "the table allows " + name,
        imported -> {
          JavaClass type = imported.getBaseComponentType();
          return type.isPrimitive()
              || isOfTheJdk(type.getName())
              || owner(type).equals(name)
              || TABLE.getOrDefault(name, Set.of()).stream().anyMatch(word -> covers(word, type));
        });
  }

  private static boolean covers(String word, JavaClass type) {
    if (word.equals("every package but cli")) {
      return type.getName().startsWith(ROOT) && !owner(type).equals("cli");
    }
    if (word.equals(EXCEPTIONS_OF_HTTP_CLIENT)) {
      return type.getName().startsWith("org.apache.hc.") && type.isAssignableTo(Throwable.class);
    }
    List<String> libraries = LIBRARIES.get(word);
    return libraries == null
        ? owner(type).equals(word)
        : libraries.stream().anyMatch(type.getName()::startsWith);
  }

  private static boolean isOfTheJdk(String name) {
    return name.startsWith("java.")
        || name.startsWith("javax.net.ssl.")
        || name.startsWith("javax.crypto.")
        || name.startsWith("javax.sql.")
        || name.startsWith("org.jspecify.annotations.");
  }

  private static DescribedPredicate<AccessTarget.CodeUnitCallTarget> writesFiles() {
    Set<String> reading =
        Set.of(
            "exists",
            "find",
            "getFileStore",
            "getLastModifiedTime",
            "isDirectory",
            "isReadable",
            "isRegularFile",
            "isSymbolicLink",
            "isWritable",
            "list",
            "newBufferedReader",
            "newInputStream",
            "notExists",
            "readAllBytes",
            "readAllLines",
            "readAttributes",
            "readString",
            "readSymbolicLink",
            "size",
            "walk");
    DescribedPredicate<JavaClass> writers =
        belongToAnyOf(
            FileChannel.class, FileOutputStream.class, FileWriter.class, RandomAccessFile.class);
    return describe(
        "write files",
        call ->
            writers.test(call.getOwner())
                || (call.getOwner().isEquivalentTo(Files.class)
                    && not(describe("read", (String n) -> reading.contains(n)))
                        .test(call.getName())));
  }

  private static String owner(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()) : "";
  }
}

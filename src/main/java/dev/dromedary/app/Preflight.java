package dev.dromedary.app;

import dev.dromedary.console.ConsoleSettings;
import dev.dromedary.console.PasswordFile;
import dev.dromedary.console.TlsKeys;
import dev.dromedary.lint.RouteLint;
import dev.dromedary.lint.Surroundings;
import dev.dromedary.origin.TrustedAuthorities;
import dev.dromedary.source.CronSchedule;
import dev.dromedary.transfer.FailureCode;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/** What can be told before anything is touched. Reads only. */
final class Preflight {

  private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

  private Preflight() {}

  /**
   * Judges the directories, the memory, what servers are reached by and, for a service, the files
   * of its console.
   *
   * @throws ProblemsException with every problem
   */
  static void requirePlaces(RunRequest request, Settings settings) {
    List<Problem> problems = directories(request, settings);
    MemoryNeed.of(settings).refusal(request).ifPresent(problems::add);
    problems.addAll(network(request, settings));
    if (request.mode() == RunMode.SERVICE) {
      problems.addAll(consoleFiles(request, settings));
    }
    throwIfAny(FailureCode.CONFIGURATION, problems);
  }

  /**
   * Judges the routes.
   *
   * @throws ProblemsException with every problem
   */
  static void requireRoutes(RunRequest request, Settings settings) {
    throwIfAny(FailureCode.ROUTES, routes(request, settings).problems());
  }

  /** Returns what keeps landing zone and work directory from being written. */
  static List<Problem> directories(RunRequest request, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    judge(request, SettingKey.LANDING, settings.places().landing(), problems);
    judge(request, SettingKey.WORK, settings.places().work(), problems);
    Path log = settings.log().file();
    if (log != null) {
      judgeLog(request, log, problems);
    }
    return problems;
  }

  /** Returns what keeps servers from being asked: a proxy, or authorities that are no use. */
  static List<Problem> network(RunRequest request, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    OriginProxies.refusal(request, settings).ifPresent(problems::add);
    Path authorities = settings.http().caFile();
    if (authorities != null) {
      SettingKey key = SettingKey.HTTP_CA_FILE;
      TrustedAuthorities.refusal(authorities)
          .map(why -> SettingPlaces.problem(request, key, key(key, authorities) + why))
          .ifPresent(problems::add);
    }
    return problems;
  }

  private static void judgeLog(RunRequest request, Path file, List<Problem> problems) {
    Path directory = file.getParent();
    if (!Files.exists(file) && directory != null) {
      judge(request, SettingKey.LOG_FILE, directory, problems);
    } else if (Files.isDirectory(file) || !Files.isWritable(file)) {
      String found = Files.isDirectory(file) ? "a directory" : "no permission to write";
      String message =
          key(SettingKey.LOG_FILE, file) + "expected a file to write to, found " + found;
      problems.add(SettingPlaces.problem(request, SettingKey.LOG_FILE, message));
    }
  }

  private static String key(SettingKey key, Path written) {
    return key.key() + " '" + written + "': ";
  }

  /** Returns what the console is to read and cannot. */
  static List<Problem> consoleFiles(RunRequest request, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    ConsoleSettings console = settings.console();
    if (console == null) {
      return problems;
    }
    judgeFile(request, SettingKey.CONSOLE_PASSWORD_FILE, console.passwordFile(), problems);
    judgeFile(request, SettingKey.CONSOLE_KEYSTORE, console.keyStore(), problems);
    judgeFile(
        request,
        SettingKey.CONSOLE_KEYSTORE_PASSWORD_FILE,
        console.keyStorePasswordFile(),
        problems);
    if (problems.isEmpty()) {
      judgeContents(request, console, problems);
    }
    return problems;
  }

  private static void judgeContents(
      RunRequest request, ConsoleSettings console, List<Problem> problems) {
    Path users = console.passwordFile();
    if (users != null) {
      try {
        PasswordFile.require(users);
      } catch (ProblemsException e) {
        problems.addAll(e.problems());
      }
    }
    Path store = console.keyStore();
    if (store != null) {
      SettingKey key = SettingKey.CONSOLE_KEYSTORE;
      TlsKeys.whyNot(store, console.keyStorePasswordFile())
          .map(why -> key(key, store) + why)
          .map(why -> SettingPlaces.problem(request, key, why))
          .ifPresent(problems::add);
    }
  }

  private static void judgeFile(
      RunRequest request, SettingKey key, @Nullable Path file, List<Problem> problems) {
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      String found = Files.exists(file) ? "one that cannot be read" : "none";
      problems.add(
          SettingPlaces.problem(request, key, key(key, file) + "expected a file, found " + found));
    }
  }

  /** Judges the routes by their text. */
  static RouteLint.Report routes(RunRequest request, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    List<Path> files = RouteFiles.of(settings, request.home()).list(problems);
    if (settings.passThrough().containsKey(RouteFiles.KEY)) {
      problems.replaceAll(found -> ofPattern(request, found));
    }
    RouteLint.Report report = RouteLint.judge(files, surroundings(request, settings));
    problems.addAll(report.problems());
    return new RouteLint.Report(problems, report.routes());
  }

  /** A place without routes is told of the key that names it. */
  private static Problem ofPattern(RunRequest request, Problem found) {
    String message = RouteFiles.KEY + " '" + found.file() + "': " + found.message();
    return SettingPlaces.problem(request, RouteFiles.KEY, message);
  }

  private static void judge(
      RunRequest request, SettingKey key, Path directory, List<Problem> problems) {
    DirectoryObstacle.of(directory)
        .map(found -> key(key, directory) + "expected a directory to write to, found " + found)
        .map(message -> SettingPlaces.problem(request, key, message))
        .ifPresent(problems::add);
  }

  private static Surroundings surroundings(RunRequest request, Settings settings) {
    Map<String, String> placeholders = new HashMap<>();
    System.getenv().keySet().forEach(name -> placeholders.put(name, ""));
    System.getProperties().stringPropertyNames().forEach(name -> placeholders.put(name, ""));
    placeholders.put(CamelWiring.REPEAT, "");
    placeholders.put(CamelWiring.WORKERS, "");
    placeholders.put(CamelWiring.WAKE, "");
    placeholders.putAll(settings.passThrough());
    placeholders.putAll(settings.asProperties());
    return new Surroundings(
        CamelWiring.beanTypes(),
        placeholders,
        (key, message) -> SettingPlaces.problem(request, key, message),
        Preflight::isComponent,
        name -> IOHelper.lookupEnvironmentVariable(name) != null,
        ComponentOptions::of,
        CronSchedule::refusal);
  }

  private static boolean isComponent(String scheme) {
    return Optional.ofNullable(Preflight.class.getClassLoader())
        .map(loader -> loader.getResource(COMPONENTS + scheme))
        .isPresent();
  }

  private static void throwIfAny(FailureCode code, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new ProblemsException(code, problems);
    }
  }
}

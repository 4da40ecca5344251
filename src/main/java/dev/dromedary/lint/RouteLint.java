package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges route files by their text. Quick, since every start does it; finds what Camel passes over
 * and would show only when a file is fetched. Stateless.
 */
public final class RouteLint {

  private RouteLint() {}

  /**
   * What was found.
   *
   * @param problems each once, in the order of the files and their lines
   * @param routes how many routes there are
   */
  public record Report(List<Problem> problems, int routes) {

    public Report {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Judges the files together.
   *
   * @param files every route file, in the order of their names
   */
  public static Report judge(List<Path> files, Surroundings surroundings) {
    List<Problem> unread = new ArrayList<>();
    Set<Problem> problems = new LinkedHashSet<>();
    List<RouteFile> read = files.stream().map(file -> RouteFile.read(file, unread)).toList();
    problems.addAll(unread);
    Set<String> others = new HashSet<>();
    read.forEach(file -> others.addAll(beansOf(file)));
    surroundings.settings().keySet().stream()
        .filter(key -> key.startsWith("camel.beans."))
        .forEach(key -> others.add(key.split("[.\\[]")[2]));
    IdRules ids = new IdRules(problems::add);
    BeanRules beans = new BeanRules(surroundings.beans(), others, problems::add);
    PlaceholderRules placeholders = new PlaceholderRules(surroundings, problems::add);
    EndpointRules endpoints = new EndpointRules(surroundings, others, problems::add);
    CronRule crons = new CronRule(surroundings, problems::add);
    for (RouteFile file : read) {
      ids.judge(file);
      endpoints.judge(file);
      file.elements().forEach(beans::judge);
      file.elements().forEach(placeholders::judge);
      file.elements().forEach(crons::judge);
    }
    placeholders.judgeKeysOfCamel();
    ids.judgeTogether();
    // A route in a file that cannot be read would be missed by those that send to it.
    if (unread.isEmpty()) {
      endpoints.judgeTogether();
    }
    return new Report(ProblemOrder.sorted(problems), ids.routes());
  }

  private static Set<String> beansOf(RouteFile file) {
    Set<String> names = new HashSet<>();
    for (Element entry : file.entries()) {
      if (entry.key().equals("beans")) {
        entry.children().forEach(bean -> bean.text("name").ifPresent(names::add));
      }
    }
    return names;
  }
}

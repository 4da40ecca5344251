package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Every route and configuration has one id, that of its file; every configuration named is there.
 */
final class IdRules {

  private final Consumer<Problem> problems;
  private final Map<String, Element> routes = new HashMap<>();
  private final Map<String, Element> configurations = new HashMap<>();
  private final List<Element> uses = new ArrayList<>();

  IdRules(Consumer<Problem> problems) {
    this.problems = problems;
  }

  void judge(RouteFile file) {
    for (Element entry : file.entries()) {
      if (entry.key().equals("route")) {
        judge(file, entry, routes);
        entry.child("routeConfigurationId").ifPresent(uses::add);
      } else if (entry.key().equals("routeConfiguration")) {
        judge(file, entry, configurations);
      }
    }
  }

  /** Judges what depends on all files. */
  void judgeTogether() {
    for (Element use : uses) {
      for (String id : use.text().orElse("").split(",")) {
        if (!id.isBlank() && !id.contains("*") && !configurations.containsKey(id.strip())) {
          problems.accept(
              use.problem(
                  "routeConfigurationId '"
                      + id.strip()
                      + "': expected the id of a routeConfiguration"
                      + NearestName.hint(id.strip(), new TreeSet<>(configurations.keySet()))));
        }
      }
    }
  }

  int routes() {
    return routes.size();
  }

  private void judge(RouteFile file, Element entry, Map<String, Element> known) {
    Optional<Element> id = entry.child("id");
    String text = id.flatMap(Element::text).orElse("");
    if (id.isEmpty() || text.isBlank()) {
      problems.accept(
          entry.problem(entry.key() + ": expected the id '" + file.stem() + "', found none"));
      return;
    }
    Element other = known.putIfAbsent(text, id.get());
    if (other != null) {
      String place = other.file().getFileName() + ":" + other.line();
      problems.accept(
          id.get().problem("id '" + text + "': expected once, " + place + " has it too"));
    } else if (!text.equals(file.stem())) {
      problems.accept(
          id.get()
              .problem(
                  "id '"
                      + text
                      + "': expected '"
                      + file.stem()
                      + "' as the file is named, or the file name "
                      + text
                      + ".camel.yaml"));
    }
  }
}

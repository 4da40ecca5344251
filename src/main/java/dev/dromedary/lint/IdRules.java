package dev.dromedary.lint;

import dev.dromedary.transfer.NearestName;
import dev.dromedary.transfer.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Every route and configuration has one id, that of its file; every configuration named is there.
 */
final class IdRules {

  private static final Set<String> NAMED = Set.of("route", "routeConfiguration");

  private final Consumer<Problem> problems;
  private final Map<String, Element> routes = new HashMap<>();
  private final Map<String, Element> configurations = new HashMap<>();
  private final List<Element> uses = new ArrayList<>();

  IdRules(Consumer<Problem> problems) {
    this.problems = problems;
  }

  void judge(RouteFile file) {
    List<Element> named =
        file.entries().stream().filter(entry -> NAMED.contains(entry.key())).toList();
    boolean isAlone = named.size() == 1;
    if (named.size() > 1) {
      problems.accept(named.get(1).problem(severalIn(named)));
    }
    file.entries().stream()
        .filter(entry -> entry.key().equals("from"))
        .forEach(
            entry ->
                problems.accept(
                    entry.problem(
                        "from: expected within a route with the id '" + file.stem() + "'")));
    for (Element entry : named) {
      boolean isRoute = entry.key().equals("route");
      judge(file, entry, isRoute ? routes : configurations, isAlone);
      if (isRoute) {
        entry.child("routeConfigurationId").ifPresent(uses::add);
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

  private static String severalIn(List<Element> named) {
    String files =
        named.stream()
            .flatMap(entry -> entry.text("id").stream())
            .filter(id -> !id.isBlank())
            .map(id -> id + ".camel.yaml")
            .collect(Collectors.joining(", "));
    return "expected one route or routeConfiguration in a file, found "
        + named.size()
        + ": give each a file that is named as its id"
        + (files.isEmpty() ? "" : ", such as " + files);
  }

  /** Where several are in a file, none of them can be named as it is. */
  private void judge(RouteFile file, Element entry, Map<String, Element> known, boolean isAlone) {
    Optional<Element> id = entry.child("id");
    String text = id.flatMap(Element::text).orElse("");
    if (id.isEmpty() || text.isBlank()) {
      if (isAlone) {
        problems.accept(
            entry.problem(entry.key() + ": expected the id '" + file.stem() + "', found none"));
      }
      return;
    }
    Element other = known.putIfAbsent(text, id.get());
    if (other != null) {
      String place = other.file().getFileName() + ":" + other.line();
      problems.accept(
          id.get().problem("id '" + text + "': expected once, " + place + " has it too"));
    } else if (isAlone && !text.equals(file.stem())) {
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

package dev.dromedary.lint;

import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.Problem;
import dev.dromedary.transfer.YamlFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A route file as its text says.
 *
 * @param path where it is
 * @param elements every value in it, each before those inside it; none when it cannot be read
 */
record RouteFile(Path path, List<Element> elements) {

  /** Routes nest deeper than other YAML: about four levels for each step inside a step. */
  private static final int MAX_DEPTH = 400;

  /** Reads a file; what keeps it from being read becomes a problem. */
  static RouteFile read(Path path, List<Problem> problems) {
    String name = path.toString();
    try {
      String text = Files.readString(path);
      LoaderOptions options = new LoaderOptions();
      options.setNestingDepthLimit(MAX_DEPTH);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root != null) {
        return new RouteFile(path, elements(Element.root(path, root)));
      }
      problems.add(new Problem(name, 0, "expected a route, found an empty file"));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problems.add(new Problem(name, line, YamlFault.of(e.getProblem())));
    } catch (YAMLException e) {
      problems.add(new Problem(name, 0, YamlFault.of(String.valueOf(e.getMessage()))));
    } catch (CharacterCodingException e) {
      problems.add(new Problem(name, 0, "expected UTF-8 text, found other bytes"));
    } catch (IOException e) {
      problems.add(new Problem(name, 0, "expected a readable file, found " + Found.reading(e)));
    }
    return new RouteFile(path, List.of());
  }

  /** Returns the entries of the list that the file is, such as a route each. */
  List<Element> entries() {
    return elements.isEmpty()
        ? List.of()
        : elements.get(0).children().stream()
            .flatMap(
                entry ->
                    entry.key().isEmpty() ? entry.children().stream() : List.of(entry).stream())
            .toList();
  }

  /** Returns the file name without its suffix. */
  String stem() {
    return String.valueOf(path.getFileName()).replaceFirst("\\.camel\\.yaml$", "");
  }

  private static List<Element> elements(Element root) {
    List<Element> elements = new ArrayList<>();
    collect(root, elements, Collections.newSetFromMap(new IdentityHashMap<>()));
    return List.copyOf(elements);
  }

  /** Looks at what an anchor shares once, so that nothing expands and nothing goes in circles. */
  private static void collect(Element element, List<Element> elements, Set<Node> seen) {
    elements.add(element);
    if (seen.add(element.node())) {
      element.children().forEach(child -> collect(child, elements, seen));
    }
  }
}

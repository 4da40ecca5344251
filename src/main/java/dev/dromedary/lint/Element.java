package dev.dromedary.lint;

import dev.dromedary.transfer.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A value in a route file.
 *
 * @param file the file it stands in
 * @param key what it stands under; an item of a list has the key of the list
 * @param line of the key, 1 or more; of the value for an item of a list
 * @param node the value
 */
record Element(Path file, String key, int line, Node node) {

  static Element root(Path file, Node node) {
    return new Element(file, "", lineOf(node), node);
  }

  /** Returns the text of a scalar. */
  Optional<String> text() {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  /** Returns the values of a map with their keys, or the items of a list, in their order. */
  List<Element> children() {
    List<Element> children = new ArrayList<>();
    if (node instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
          children.add(new Element(file, name.getValue(), lineOf(name), entry.getValueNode()));
        }
      }
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> children.add(new Element(file, key, lineOf(item), item)));
    }
    return children;
  }

  /** Returns the value under a key of a map. */
  Optional<Element> child(String name) {
    return node instanceof MappingNode
        ? children().stream().filter(child -> child.key.equals(name)).findFirst()
        : Optional.empty();
  }

  /** Returns the scalar under a key of a map. */
  Optional<String> text(String name) {
    return child(name).flatMap(Element::text);
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  Problem problem(String message) {
    return new Problem(file.toString(), line, message);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}

package dev.dromedary.source;

import java.util.List;
import java.util.Map;

/** A piece of a YAML or JSON document with the line it stands on. */
sealed interface Node {

  /** Returns the line, 1 or more. */
  int line();

  /** Returns what it is, in a user's words. */
  String kind();

  /** A scalar as it was written, whatever YAML takes it for: {@code 007} stays {@code 007}. */
  record Text(int line, String value) implements Node {
    @Override
    public String kind() {
      return "text";
    }
  }

  /** Nothing: {@code key:} with no value, or null. */
  record Nothing(int line) implements Node {
    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A list; empty where it lies deeper than anything that is read. */
  record Items(int line, List<Node> items) implements Node {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A map in the order written; empty where it lies deeper than anything that is read. */
  record Keys(int line, Map<String, Entry> entries) implements Node {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** What was already reported as a problem and is to be passed over. */
  record Refused(int line) implements Node {
    @Override
    public String kind() {
      return "something refused";
    }
  }

  /** A value under its key, with the line of the key. */
  record Entry(int line, Node value) {}
}

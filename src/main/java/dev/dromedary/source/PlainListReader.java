package dev.dromedary.source;

import dev.dromedary.transfer.Source;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the plain form: one URL a line, blank lines and lines that begin with # skipped. */
final class PlainListReader {

  private final BufferedReader lines;
  private final Problems problems;
  private final SourceDefaults defaults;
  private final TakenNames taken;
  private final Map<String, Integer> seen = new HashMap<>();

  PlainListReader(
      BufferedReader lines,
      Problems problems,
      @Nullable String provenanceSuffix,
      SourceDefaults defaults) {
    this.lines = lines;
    this.problems = problems;
    this.defaults = defaults;
    this.taken =
        new TakenNames(problems, "use the YAML form and give one of them a 'to'", provenanceSuffix);
  }

  /** Reads to the end and returns what was good; the rest is in the problems. */
  List<Source> read() throws IOException {
    List<Source> sources = new ArrayList<>();
    boolean isEmpty = true;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip();
      isEmpty &= text.isEmpty();
      if (text.equals("sources:") || text.equals("defaults:")) {
        problems.add(number, "expected a URL, found YAML: name the file .yaml");
        return sources;
      }
      if (!text.isEmpty() && !text.startsWith("#") && isNew(text, number)) {
        try {
          requireAlone(text);
          sources.add(source(SourceUrl.parse(text), number));
        } catch (IllegalArgumentException e) {
          problems.add(number, String.valueOf(e.getMessage()));
        }
      }
    }
    if (isEmpty) {
      problems.add(0, "the list: expected one URL a line, found nothing");
    }
    return sources;
  }

  private static void requireAlone(String text) {
    if (text.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "expected a URL alone, found more behind a space; give a comment a line of its own, write"
              + " a space in a URL as %20, and what else belongs to a source into a list in YAML");
    }
  }

  private boolean isNew(String text, int line) {
    Integer first = seen.putIfAbsent(text, line);
    if (first != null) {
      problems.add(
          line, "expected each line once, line " + first + " is the same; remove one of them");
    }
    return first == null;
  }

  private Source source(URI url, int line) {
    String target = TargetName.ofUrl(url);
    taken.claimTarget(target, line);
    return new Source(
        target,
        List.of(url),
        target,
        List.of(),
        OptionalLong.empty(),
        defaults.schedule(),
        defaults.headers(),
        defaults.connections(),
        defaults.allowUnknownLength(),
        defaults.allowContentEncoding(),
        defaults.bytesPerSecond(),
        defaults.guards(),
        defaults.digestFrom().map(from -> from.of(url)));
  }
}

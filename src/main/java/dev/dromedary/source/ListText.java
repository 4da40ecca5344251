package dev.dromedary.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dromedary.transfer.Found;
import dev.dromedary.transfer.YamlFault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** The text of a file a user wrote, without a byte order mark; what cannot be read is a problem. */
final class ListText {

  private ListText() {}

  /** Gives the text to {@code body}; whatever keeps it from being read is added to the problems. */
  static void read(Path file, long maxBytes, Problems problems, Body body) {
    try {
      if (Files.isDirectory(file)) {
        problems.add(0, "expected a readable file, found a directory");
      } else if (Files.size(file) > maxBytes) {
        problems.add(0, "expected at most " + maxBytes + " bytes, found " + Files.size(file));
      } else {
        try (BufferedReader text = open(file)) {
          body.read(text);
        }
      }
    } catch (JsonProcessingException e) {
      addSyntaxProblem(file, e, problems);
    } catch (CharacterCodingException e) {
      problems.add(UnreadableText.lineIn(file), "expected UTF-8 text, found other bytes");
    } catch (IOException e) {
      problems.add(0, "expected a readable file, found " + Found.reading(e));
    }
  }

  /** Gives what a stream holds to {@code body}; it is not closed. */
  static void read(InputStream utf8, Problems problems, Body body) {
    try {
      body.read(withoutMark(new BufferedReader(new InputStreamReader(utf8, strict()))));
    } catch (CharacterCodingException e) {
      problems.add(0, "expected UTF-8 text, found other bytes");
    } catch (IOException e) {
      problems.add(0, "expected readable text, found " + Found.reading(e));
    }
  }

  /** A reader of a charset alone replaces what is none. */
  private static CharsetDecoder strict() {
    return StandardCharsets.UTF_8.newDecoder();
  }

  private static BufferedReader open(Path file) throws IOException {
    return withoutMark(Files.newBufferedReader(file, StandardCharsets.UTF_8));
  }

  private static BufferedReader withoutMark(BufferedReader text) throws IOException {
    text.mark(1);
    if (text.read() != '\uFEFF') {
      text.reset();
    }
    return text;
  }

  private static void addSyntaxProblem(Path file, JsonProcessingException e, Problems problems) {
    if (e.getCause() instanceof ReaderException character) {
      String found = String.format(Locale.ROOT, "U+%04X", character.getCodePoint());
      problems.add(UnreadableText.lineIn(file), "expected printable text, found " + found);
    } else if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
      boolean isStar = "while scanning an alias".equals(yaml.getContext());
      String fault = isStar ? "text that begins with '*' needs quotes" : yaml.getProblem();
      problems.add(yaml.getProblemMark().getLine() + 1, YamlFault.of(fault));
    } else {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.add(line, JsonFault.of(e.getOriginalMessage()));
    }
  }

  /** What is done with the text. */
  @FunctionalInterface
  interface Body {
    void read(BufferedReader text) throws IOException;
  }
}

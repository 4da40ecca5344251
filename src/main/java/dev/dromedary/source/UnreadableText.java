package dev.dromedary.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Finds the line of what a decoder refused. Decoders read ahead by blocks and know the line only
 * roughly.
 */
final class UnreadableText {

  private UnreadableText() {}

  /** Returns the first line that is not printable UTF-8, or 0 when none is found. */
  static int lineIn(Path file) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int number = 1;
      for (int b = bytes.read(); b >= 0; b = bytes.read()) {
        if (b != '\n') {
          line.write(b);
          continue;
        }
        if (!isPrintable(line.toByteArray())) {
          return number;
        }
        line.reset();
        number++;
      }
      return isPrintable(line.toByteArray()) ? 0 : number;
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean isPrintable(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return text.codePoints().allMatch(c -> c == 0xFEFF || StreamReader.isPrintable(c));
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

package dev.dromedary.source;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of a file in the landing zone: a relative path with {@code /} that cannot leave it on
 * any file system. Pure.
 */
public final class TargetName {

  /** The directory below the landing zone that may hold the work directory. */
  public static final String WORK_DIRECTORY = ".dromedary";

  private static final int MAX_SEGMENT_BYTES = 255;

  /** A dot before a name and this behind it mark what is not in place yet. */
  private static final String LANDING = ".landing";

  private static final int MAX_FILE_NAME_BYTES = MAX_SEGMENT_BYTES - 1 - LANDING.length();
  private static final int MAX_BYTES = 1024;

  private TargetName() {}

  /**
   * Returns the text if it is a target name.
   *
   * @throws IllegalArgumentException with a message for the user when it is not
   */
  public static String parse(String text) {
    if (text.isEmpty()) {
      throw refused(text, "expected a relative path such as data/file.bin, found nothing");
    }
    if (text.startsWith("/")) {
      throw refused(text, "expected a path relative to the landing zone, found an absolute one");
    }
    refuseCharacters(text);
    for (String segment : text.split("/", -1)) {
      refuseSegment(text, segment);
    }
    refuseFileName(text, text.substring(text.lastIndexOf('/') + 1));
    if (bytesOf(text) > MAX_BYTES) {
      throw refused(text, "expected at most 1024 bytes, found " + bytesOf(text));
    }
    if (key(text.split("/", 2)[0]).equals(WORK_DIRECTORY)) {
      throw refused(text, WORK_DIRECTORY + " belongs to the work directory, expected another name");
    }
    return text;
  }

  /**
   * Returns the last segment of the URL's path, percent-decoded, as a target name.
   *
   * @throws IllegalArgumentException with a message for the user when it is not one
   */
  public static String ofUrl(URI url) {
    String path = url.getRawPath();
    String segment = path.substring(path.lastIndexOf('/') + 1);
    if (segment.isEmpty()) {
      throw new IllegalArgumentException(
          "the URL names no file: expected a target, found none (YAML key 'to')");
    }
    String decoded = decode(segment);
    if (decoded.contains("/")) {
      throw refused(decoded, "the URL's last segment has an encoded '/', expected none");
    }
    return parse(decoded);
  }

  /**
   * Makes sure that a name beside the file's, with a suffix behind it, is no longer than file
   * systems take.
   *
   * @throws IllegalArgumentException with a message for the user when it is
   */
  static void requireRoom(String target, String suffix) {
    int most = MAX_SEGMENT_BYTES - bytesOf(suffix);
    int found = bytesOf(target.substring(target.lastIndexOf('/') + 1));
    if (found > most) {
      throw refused(
          target,
          "expected at most "
              + most
              + " bytes in the name of the file, since "
              + suffix
              + " is to stand behind it (landed.provenance=yes), found "
              + found);
    }
  }

  /** Returns what two names share that are one file on some file system, e.g. by case alone. */
  static String key(String target) {
    return Normalizer.normalize(target, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  private static void refuseSegment(String text, String segment) {
    if (segment.isEmpty()) {
      throw refused(text, "expected a name between any two '/', found nothing");
    }
    if (segment.codePoints().allMatch(TargetName::isBlank)) {
      throw refused(text, "expected a name between any two '/', found blanks alone");
    }
    if (segment.chars().allMatch(c -> c == '.')) {
      throw refused(text, "expected no segment of dots alone, found '" + segment + "'");
    }
    if (bytesOf(segment) > MAX_SEGMENT_BYTES) {
      throw refused(text, "expected at most 255 bytes a segment, found " + bytesOf(segment));
    }
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static void refuseFileName(String text, String name) {
    if (bytesOf(name) > MAX_FILE_NAME_BYTES) {
      throw refused(
          text, "expected at most 246 bytes in the name of the file, found " + bytesOf(name));
    }
    if (name.startsWith(".") && key(name).endsWith(LANDING)) {
      throw refused(text, "names of the form .NAME.landing belong to delivery, expected another");
    }
  }

  private static void refuseCharacters(String text) {
    for (int c : text.codePoints().toArray()) {
      if (c == '\\') {
        throw refused(text, "expected '/' between segments, found a backslash");
      }
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        throw refused(text, String.format(Locale.ROOT, "found the control character U+%04X", c));
      }
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw refused(text, "found half a surrogate pair, expected Unicode text");
      }
    }
    // Camel evaluates these in a file name: a list must not reach what they name.
    for (String opening : new String[] {"${", "$simple{", "{{"}) {
      if (text.contains(opening)) {
        throw refused(text, "expected a literal name, found '" + opening + "'");
      }
    }
  }

  private static String decode(String segment) {
    byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%' && i + 2 < bytes.length) {
        decoded.put((byte) Integer.parseInt(segment, i + 1, i + 3, 16));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(decoded.flip());
      return text.toString();
    } catch (CharacterCodingException e) {
      throw refused(
          segment, "its percent-encoding is not UTF-8, expected a target (YAML key 'to')");
    }
  }

  private static int bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("target " + Quoted.of(text) + ": " + why);
  }
}

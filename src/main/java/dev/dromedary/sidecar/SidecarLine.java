package dev.dromedary.sidecar;

import dev.dromedary.transfer.DigestAlgorithm;
import dev.dromedary.transfer.ExpectedDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one line of a digest file says. Immutable, thread-safe. */
sealed interface SidecarLine {

  /**
   * A digest that can be compared.
   *
   * @param name the file it is of, as it is written; empty when the line names none
   */
  record Digest(ExpectedDigest digest, String name) implements SidecarLine {}

  /**
   * A digest of an algorithm that is not computed.
   *
   * @param name the file it is of, as it is written; empty when the line names none
   */
  record Foreign(String name) implements SidecarLine {}

  /** A blank line or a comment. */
  record Nothing() implements SidecarLine {}

  /** Anything else, also what is left of a line that was cut. */
  record Unreadable() implements SidecarLine {}

  /**
   * Says whether a line that was cut could have become this one, where that would make of its
   * digest one of another algorithm. A name behind a digest shows that the digest is whole.
   *
   * @param promised the algorithm that the line must have
   */
  default boolean mayBeCut(Optional<DigestAlgorithm> promised) {
    if (this instanceof Digest digest) {
      DigestAlgorithm algorithm = digest.digest().algorithm();
      boolean isWhole =
          promised.map(algorithm::equals).orElse(algorithm == DigestAlgorithm.SHA_512);
      return digest.name().isEmpty() && !isWhole;
    }
    return this instanceof Foreign foreign ? foreign.name().isEmpty() : this instanceof Unreadable;
  }

  /**
   * Reads a line: {@code HEX NAME}, {@code HEX *NAME}, {@code ALGORITHM (NAME) = HEX} or {@code
   * HEX}. A backslash at its start says that those in the name are escapes, as coreutils write.
   *
   * @param text without its end
   */
  static SidecarLine parse(String text) {
    String line = text.strip();
    if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
      return new Nothing();
    }
    boolean isEscaped = line.startsWith("\\");
    String plain = isEscaped ? line.substring(1) : line;
    int digits = countHexDigits(plain);
    boolean isPlain =
        digits > 0 && (digits == plain.length() || Character.isWhitespace(plain.charAt(digits)));
    SidecarLine read = isPlain ? gnu(plain, digits) : bsd(plain);
    return isEscaped ? unescaped(read) : read;
  }

  private static SidecarLine gnu(String line, int digits) {
    String behind = line.substring(digits);
    String name = behind.length() > 1 && behind.charAt(1) == '*' ? behind.substring(2) : behind;
    String hex = line.substring(0, digits);
    Optional<DigestAlgorithm> algorithm = DigestAlgorithm.byDigits(digits);
    if (algorithm.isPresent()) {
      return new Digest(new ExpectedDigest(algorithm.get(), hex), named(name.strip()));
    }
    boolean isForeign = digits == 56 || digits == 96;
    return isForeign ? new Foreign(named(name.strip())) : new Unreadable();
  }

  private static SidecarLine bsd(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    if (open < 1 || close < open) {
      return new Unreadable();
    }
    String behind = line.substring(close + 1).strip();
    String hex = behind.startsWith("=") ? behind.substring(1).strip() : "";
    String label = line.substring(0, open).strip();
    if (hex.isEmpty() || countHexDigits(hex) != hex.length() || !isLabel(label)) {
      return new Unreadable();
    }
    String name = line.substring(open + 1, close);
    DigestAlgorithm algorithm =
        DigestAlgorithm.byLabel(label.replaceFirst("(?i)^SHA2-", "SHA")).orElse(null);
    if (algorithm == null) {
      return new Foreign(named(name));
    }
    return hex.length() == 2 * algorithm.lengthBytes()
        ? new Digest(new ExpectedDigest(algorithm, hex), named(name))
        : new Unreadable();
  }

  /** A dash stands for the standard input of whoever computed it. */
  private static String named(String name) {
    return name.equals("-") ? "" : name;
  }

  private static boolean isLabel(String label) {
    return label.length() <= 24 && label.matches("[A-Za-z][A-Za-z0-9/_-]*");
  }

  private static int countHexDigits(String text) {
    int count = 0;
    while (count < text.length() && isHexDigit(text.charAt(count))) {
      count++;
    }
    return count;
  }

  private static boolean isHexDigit(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  private static SidecarLine unescaped(SidecarLine read) {
    if (read instanceof Digest digest) {
      String name = unescaped(digest.name());
      return name == null ? new Unreadable() : new Digest(digest.digest(), name);
    }
    if (read instanceof Foreign foreign) {
      String name = unescaped(foreign.name());
      return name == null ? new Unreadable() : new Foreign(name);
    }
    return read;
  }

  /** Returns the name meant; null when an escape is none of those that are written. */
  private static @Nullable String unescaped(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      i++;
      char escaped = i < name.length() ? name.charAt(i) : ' ';
      switch (escaped) {
        case '\\' -> plain.append('\\');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        default -> {
          return null;
        }
      }
    }
    return plain.toString();
  }
}

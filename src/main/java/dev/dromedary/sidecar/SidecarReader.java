package dev.dromedary.sidecar;

import dev.dromedary.sidecar.SidecarVerdict.Cut;
import dev.dromedary.sidecar.SidecarVerdict.Found;
import dev.dromedary.sidecar.SidecarVerdict.Unusable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a digest file for the digest of one file: the lists of coreutils and of BSD, a digest
 * alone, comments, and all of that clear-signed. Never holds more than a line, and never fails but
 * for the stream. Stateless.
 */
public final class SidecarReader {

  /** The most that is read, in bytes; a list of some forty thousand files. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  /** The longest line, in bytes; a path of 4 KiB whose every character is escaped. */
  public static final int LONGEST_LINE_BYTES = 8 * 1024;

  private SidecarReader() {}

  /**
   * Says what a digest file tells of a file.
   *
   * @param text is read to its end unless it is refused before; not closed
   * @param isFramed whether its server told where it ends: else it may be cut anywhere
   * @throws IOException when the stream does
   */
  public static SidecarVerdict read(InputStream text, boolean isFramed, WantedFile wanted)
      throws IOException {
    BoundedLines lines = new BoundedLines(text);
    Armour armour = new Armour();
    Findings findings = new Findings(wanted);
    boolean isEmpty = true;
    boolean isCut = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String plain = armour.unwrapped(line);
      if (isEmpty && plain.stripLeading().startsWith("<")) {
        return new Unusable("expected a digest file, found a web page");
      }
      isEmpty &= plain.isBlank();
      SidecarLine read = SidecarLine.parse(plain);
      isCut = !isFramed && lines.isOpen() && read.mayBeCut(wanted.algorithm());
      if (!isCut) {
        findings.add(read);
      }
    }
    String refusal = lines.refusal();
    if (refusal != null) {
      return new Unusable(refusal);
    }
    if (isEmpty && armour.isSigned()) {
      return new Unusable("expected a digest file, found a signature alone");
    }
    SidecarVerdict verdict = findings.verdict();
    return isCut && !(verdict instanceof Found)
        ? new Cut("expected a length or a line end, found the end of the connection within a line")
        : verdict;
  }
}

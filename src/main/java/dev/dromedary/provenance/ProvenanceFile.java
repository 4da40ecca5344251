package dev.dromedary.provenance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.dromedary.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes the provenance of landed files. Thread-safe. */
public final class ProvenanceFile {

  /** Made when the first one is written: that takes as long as many a transfer. */
  private static final class Format {
    static final ObjectMapper MAPPER =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  }

  /**
   * Puts it beside the landed file, whole or not at all, over that of an earlier version.
   *
   * @param landed the landed file
   * @param ledger knows what else landed under that name, which stays
   * @return where it is
   * @throws IOException when it is not written, because of the disk or of a source's file there
   */
  public Path write(Path landed, Provenance provenance, Ledger ledger) throws IOException {
    Path target = landed.resolveSibling(landed.getFileName() + Provenance.SUFFIX);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
        && ledger.isTarget(provenance.target() + Provenance.SUFFIX)) {
      throw new IOException(target + ": expected a provenance, found the file of another source");
    }
    Path next = landed.resolveSibling("." + landed.getFileName() + ".landing");
    try {
      String text = Format.MAPPER.writeValueAsString(provenance) + "\n";
      Files.deleteIfExists(next); // a link under this name leads nowhere
      Files.write(
          next,
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
      return Files.move(
          next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}

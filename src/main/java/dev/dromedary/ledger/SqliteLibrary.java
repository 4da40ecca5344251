package dev.dromedary.ledger;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Keeps one copy of SQLite's native library beside the program. By itself the driver unpacks it
 * into the temporary directory at each start, looks through all that is there, and after a kill
 * leaves it there. Where no copy can be kept the driver does as ever. Thread-safe. Source: ADR
 * 0026.
 */
final class SqliteLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

  private static final String DIRECTORY = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private SqliteLibrary() {}

  /** Has the driver load the copy, which is made if there is none; before its first connection. */
  static synchronized void prepare() {
    Path directory = besideProgram();
    if (directory == null || System.getProperty(DIRECTORY) != null) {
      return;
    }
    try {
      Path copy = keptIn(directory);
      System.setProperty(NAME, copy.getFileName().toString());
      System.setProperty(DIRECTORY, directory.toString());
    } catch (IOException e) {
      LOG.debug("msg=\"SQLite is unpacked at each start\" reason=\"{}\"", e.toString());
    }
  }

  /** Returns the copy of this version for this system. */
  static Path keptIn(Path directory) throws IOException {
    String system = system();
    String name = LibraryLoaderUtil.getNativeLibName();
    Path copy =
        directory.resolve(
            SQLiteJDBCLoader.getVersion() + "-" + system.replace('/', '-') + "-" + name);
    if (!Files.exists(copy)) {
      unpack("/org/sqlite/native/" + system + "/" + name, copy);
    }
    return copy;
  }

  /**
   * Returns the folder of this system in the driver's jar. To tell Android from Linux the driver
   * would begin a process, for which the JDK, where it may open too few files, closes others. On
   * Android the library of Linux does not load, and the driver unpacks its own.
   */
  private static String system() {
    if (System.getProperty("os.name").equals("Linux")) {
      return (OSInfo.isMusl() ? "Linux-Musl" : "Linux") + "/" + OSInfo.getArchName();
    }
    return OSInfo.getNativeLibFolderPathForCurrentOS();
  }

  private static void unpack(String resource, Path copy) throws IOException {
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IOException("none for this system: " + resource);
      }
      Path unfinished =
          copy.resolveSibling(copy.getFileName() + "." + ProcessHandle.current().pid());
      try {
        unpack(library, unfinished);
        Files.move(unfinished, copy, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    }
  }

  /** Loading a copy that a power cut had shortened would end the process. */
  private static void unpack(InputStream library, Path to) throws IOException {
    try (FileChannel file = FileChannel.open(to, CREATE, TRUNCATE_EXISTING, WRITE)) {
      library.transferTo(Channels.newOutputStream(file));
      file.force(true);
    }
  }

  private static @Nullable Path besideProgram() {
    CodeSource program = SqliteLibrary.class.getProtectionDomain().getCodeSource();
    try {
      return program == null ? null : Path.of(program.getLocation().toURI()).getParent();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }
}

package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one SQLite database. SQLite has one writer at a time and lets the others poll
 * for their turn; here they queue for the single writing connection instead. Readers have their own
 * and see what was committed last. Thread-safe; a thread whose interrupt flag is set can still
 * write, so that a worker being stopped can say so.
 */
final class LedgerDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

  private final LedgerSettings settings;
  private final Path file;
  private final LedgerFile place;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Who reads shares it; who has the turn may take it alone, to exchange the connections. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private LedgerConnections connections;
  private volatile List<LedgerFile> log;
  private volatile Optional<String> unsaved = Optional.empty();
  private boolean isClosed;

  /** Whether commits of the writing connection sync; read and written by whose turn it is. */
  private boolean syncing = true;

  private LedgerDatabase(
      LedgerSettings settings,
      LedgerFile place,
      LedgerConnections connections,
      List<LedgerFile> log) {
    this.settings = settings;
    this.file = settings.file().toAbsolutePath();
    this.place = place;
    this.connections = connections;
    this.log = log;
  }

  static LedgerDatabase open(LedgerSettings settings) {
    Path file = settings.file().toAbsolutePath();
    LedgerFile place;
    SqliteLibrary.prepare();
    try {
      LedgerSchema.migrate(LedgerConnections.making(settings), file);
      place = LedgerFile.of(file);
    } catch (SQLException | FlywayException | IOException e) {
      throw LedgerFailure.of(file, e);
    }
    LedgerConnections connections = LedgerConnections.open(settings);
    try {
      requireWritable(connections.writing(), file);
      LedgerDatabase opened = new LedgerDatabase(settings, place, connections, log(file));
      opened.requireReadable();
      return opened;
    } catch (DromedaryException e) {
      connections.close();
      throw e;
    }
  }

  private static List<LedgerFile> log(Path file) {
    try {
      return LedgerFile.log(file);
    } catch (IOException e) {
      throw LedgerFailure.of(file, e);
    }
  }

  /** Reads what was committed last. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    use.readLock().lock();
    try {
      return connections.reader().withHandle(work);
    } catch (JdbiException e) {
      throw LedgerFailure.of(file, e);
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * Returns what became of its file, when it is not in its place any more, or of its log, when that
   * was removed and could not be saved. Waits for nobody who writes.
   */
  Optional<String> whyLost() {
    Optional<String> why = place.whyLost();
    if (why.isPresent() || !turn.tryLock()) {
      return why.or(() -> unsaved);
    }
    try {
      saveLog();
    } catch (DromedaryException told) {
      return unsaved;
    } finally {
      turn.unlock();
    }
    return Optional.empty();
  }

  /** Changes everything or nothing; what is committed survives a power cut. */
  <T> T write(HandleCallback<T, RuntimeException> work) {
    return write(true, work);
  }

  /**
   * Changes everything or nothing; what is committed survives a kill, and a power cut once a later
   * {@link #write} is through. For what the next poll does again anyway.
   */
  <T> T writeSoon(HandleCallback<T, RuntimeException> work) {
    return write(false, work);
  }

  private <T> T write(boolean synced, HandleCallback<T, RuntimeException> work) {
    turn.lock();
    try {
      place.requireInPlace();
      saveLog();
      return connections
          .writer()
          .withHandle(
              handle -> {
                setSynced(handle, synced);
                return handle.inTransaction(work);
              });
    } catch (JdbiException e) {
      throw LedgerFailure.of(file, e);
    } finally {
      turn.unlock();
    }
  }

  /** A new connection syncs, so the worst an outdated {@link #syncing} causes is one sync more. */
  private void setSynced(Handle handle, boolean synced) {
    if (syncing != synced) {
      handle.execute(synced ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      syncing = synced;
    }
  }

  /**
   * Does nothing while the log is in its place. Where it was removed or replaced, what it holds
   * would be gone with the process: it goes into the database, by what is still open, and all is
   * opened anew.
   */
  private void saveLog() {
    if (log.stream().allMatch(LedgerFile::isInPlace)) {
      unsaved = Optional.empty();
      return;
    }
    try {
      if (!connections.areClosed()) {
        connections.emptyLog(file);
      }
      openAgainUninterrupted();
    } catch (DromedaryException e) {
      unsaved =
          Optional.of(
              "lost its log, "
                  + file.getFileName()
                  + "-wal and -shm, removed or replaced while it is in use, and nothing lands until"
                  + " what that holds is saved: "
                  + e.getMessage());
      throw e;
    }
  }

  /** A pool neither opens nor closes for a thread whose interrupt flag is set. */
  private void openAgainUninterrupted() {
    boolean isInterrupted = Thread.interrupted();
    try {
      openAgain();
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A connection that is left would share its view of the old log with the new ones. */
  private void openAgain() {
    use.writeLock().lock();
    try {
      if (isClosed) {
        return;
      }
      connections.close();
      connections = LedgerConnections.open(settings);
      requireWritable(connections.writing(), file);
      place.requireInPlace();
      log = log(file);
    } finally {
      use.writeLock().unlock();
    }
    unsaved = Optional.empty();
    LOG.warn("msg=\"the log of the ledger was gone, what it held is saved\" ledger={}", file);
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      isClosed = true;
      connections.close();
    } finally {
      use.writeLock().unlock();
    }
  }

  /**
   * Fails where a ledger cannot be written. Taking the write lock finds one that is locked; only a
   * statement that could write finds one that is read-only.
   */
  static void requireWritable(DataSource database, Path file) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        statement.executeUpdate("DELETE FROM poll WHERE id IS NULL");
      } finally {
        statement.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw LedgerFailure.of(file, e);
    }
  }

  /** Fails where its tables cannot be read; the first poll then finds all of this at work. */
  private void requireReadable() {
    read(handle -> new TransferTable(handle).countQueued());
  }
}

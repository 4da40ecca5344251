package dev.dromedary.ledger;

import dev.dromedary.transfer.DromedaryException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * The connections to one SQLite database. SQLite has one writer at a time and lets the others poll
 * for their turn; here they queue for the single writing connection instead. Readers have their own
 * and see what was committed last. Thread-safe; a thread whose interrupt flag is set can still
 * write, so that a worker being stopped can say so.
 */
final class LedgerDatabase implements AutoCloseable {

  private final Path file;
  private final LedgerFile place;
  private final LedgerConnections connections;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Whether commits of the writing connection sync; read and written by whose turn it is. */
  private boolean syncing = true;

  private LedgerDatabase(Path file, LedgerFile place, LedgerConnections connections) {
    this.file = file;
    this.place = place;
    this.connections = connections;
  }

  static LedgerDatabase open(LedgerSettings settings) {
    Path file = settings.file().toAbsolutePath();
    LedgerFile place;
    try {
      LedgerSchema.migrate(LedgerConnections.making(settings), file);
      place = LedgerFile.of(file);
    } catch (SQLException | FlywayException | IOException e) {
      throw LedgerFailure.of(file, e);
    }
    LedgerDatabase opened = new LedgerDatabase(file, place, LedgerConnections.open(settings));
    try {
      requireWritable(opened.connections.writing(), file);
      opened.requireReadable();
      return opened;
    } catch (DromedaryException e) {
      opened.close();
      throw e;
    }
  }

  /** Reads what was committed last. */
  <T> T read(HandleCallback<T, RuntimeException> work) {
    try {
      return connections.reader().withHandle(work);
    } catch (JdbiException e) {
      throw LedgerFailure.of(file, e);
    }
  }

  /** Returns what became of its file, when it is not in its place any more. */
  Optional<String> whyLost() {
    return place.whyLost();
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

  @Override
  public void close() {
    connections.close();
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

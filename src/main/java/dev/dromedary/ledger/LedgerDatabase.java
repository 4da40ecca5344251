package dev.dromedary.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The connections to one SQLite database. SQLite has one writer at a time and lets the others poll
 * for their turn; here they queue for the single writing connection instead. Readers have their own
 * and see what was committed last. Thread-safe; a thread whose interrupt flag is set can still
 * write, so that a worker being stopped can say so.
 */
final class LedgerDatabase implements AutoCloseable {

  private final Path file;
  private final LedgerFile place;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final Jdbi writer;
  private final Jdbi reader;

  /** Whether commits of the writing connection sync; read and written by whose turn it is. */
  private boolean syncing = true;

  private LedgerDatabase(
      Path file, LedgerFile place, HikariDataSource writing, HikariDataSource reading) {
    this.file = file;
    this.place = place;
    this.writing = writing;
    this.reading = reading;
    this.writer = jdbi(writing);
    this.reader = jdbi(reading);
  }

  static LedgerDatabase open(LedgerSettings settings) {
    Path file = settings.file().toAbsolutePath();
    SQLiteDataSource reads = source(settings, file, SQLiteConfig.TransactionMode.DEFERRED);
    SQLiteDataSource writes = source(settings, file, SQLiteConfig.TransactionMode.IMMEDIATE);
    LedgerFile place;
    try {
      LedgerSchema.migrate(writes, file);
      place = LedgerFile.of(file);
    } catch (SQLException | FlywayException | IOException e) {
      throw LedgerFailure.of(file, e);
    }
    HikariDataSource writing = pool("ledger-writing", writes, 1);
    LedgerDatabase opened =
        new LedgerDatabase(file, place, writing, pool("ledger-reading", reads, settings.readers()));
    try {
      requireWritable(writing, file);
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
      return reader.withHandle(work);
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
      return writer.withHandle(
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
    reading.close();
    writing.close();
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

  private static SQLiteDataSource source(
      LedgerSettings settings, Path file, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(settings.busyTimeout().toMillis()));
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setTransactionMode(mode);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Connections are made when first asked for and kept: a file needs no keep-alive or renewal. */
  private static HikariDataSource pool(String name, SQLiteDataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setKeepaliveTime(0);
    return new HikariDataSource(config);
  }

  private static Jdbi jdbi(HikariDataSource pool) {
    Jdbi jdbi = Jdbi.create(pool);
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi;
  }
}

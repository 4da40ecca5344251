package dev.dromedary.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.dromedary.transfer.DromedaryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * One connection that writes to a SQLite database and some that read. They are made when it is
 * opened, within a second, and kept, so that all have the same file open, whatever has its name
 * later; none makes a file. Thread-safe.
 */
final class LedgerConnections implements AutoCloseable {

  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final Jdbi writer;
  private final Jdbi reader;

  private LedgerConnections(HikariDataSource writing, HikariDataSource reading) {
    this.writing = writing;
    this.reading = reading;
    this.writer = jdbi(writing);
    this.reader = jdbi(reading);
  }

  /**
   * Opens a database that is there and has its tables.
   *
   * @throws DromedaryException with {@code LEDGER} or {@code NO_DESCRIPTOR} when it cannot be used
   */
  static LedgerConnections open(LedgerSettings settings) {
    HikariDataSource writing =
        pool(settings, "ledger-writing", 1, SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      return new LedgerConnections(
          writing,
          pool(
              settings,
              "ledger-reading",
              settings.readers(),
              SQLiteConfig.TransactionMode.DEFERRED));
    } catch (DromedaryException e) {
      writing.close();
      throw e;
    }
  }

  /** Returns a source of connections that write, which makes the database where there is none. */
  static SQLiteDataSource making(LedgerSettings settings) {
    return source(settings, config(settings, SQLiteConfig.TransactionMode.IMMEDIATE));
  }

  /** An empty database in the place of one that was moved would cost that one its log. */
  private static SQLiteDataSource present(
      LedgerSettings settings, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = config(settings, mode);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return source(settings, config);
  }

  private static SQLiteConfig config(LedgerSettings settings, SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(settings.busyTimeout().toMillis()));
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setTransactionMode(mode);
    return config;
  }

  private static SQLiteDataSource source(LedgerSettings settings, SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + settings.file().toAbsolutePath());
    return source;
  }

  /**
   * Fails at once where the first connection does: later a pool waits half a minute. Connections
   * are kept: a file needs no keep-alive or renewal. All but the first are made beside, since a
   * pool pauses after each.
   */
  private static HikariDataSource pool(
      LedgerSettings settings, String name, int size, SQLiteConfig.TransactionMode mode) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(present(settings, mode));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(size);
    config.setIdleTimeout(0);
    config.setMaxLifetime(0);
    config.setKeepaliveTime(0);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw LedgerFailure.of(settings.file(), e);
    }
  }

  private static Jdbi jdbi(HikariDataSource pool) {
    Jdbi jdbi = Jdbi.create(pool);
    jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
    return jdbi;
  }

  /** Returns what has the connection that writes; who asks while it is in use waits. */
  Jdbi writer() {
    return writer;
  }

  /** Returns what has the connections that read. */
  Jdbi reader() {
    return reader;
  }

  /** Returns the connection that writes as a source of it. */
  HikariDataSource writing() {
    return writing;
  }

  /**
   * Moves what the log holds into the database, also where only open connections have the log
   * still.
   *
   * @throws DromedaryException with {@code LEDGER} when another program keeps it from that
   */
  void emptyLog(Path file) {
    try (Connection connection = writing.getConnection();
        Statement statement = connection.createStatement();
        ResultSet outcome = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (!outcome.next() || outcome.getBoolean("busy")) {
        throw LedgerFailure.locked(file);
      }
    } catch (SQLException e) {
      throw LedgerFailure.of(file, e);
    }
  }

  boolean areClosed() {
    return writing.isClosed();
  }

  /** Closes every connection; returns when that is done. Idempotent. */
  @Override
  public void close() {
    reading.close();
    writing.close();
  }
}

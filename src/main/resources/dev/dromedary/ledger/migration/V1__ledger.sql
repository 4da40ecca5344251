-- Times are epoch milliseconds, codes are FailureCode numbers, states are TransferState names.

CREATE TABLE source (
  id                   TEXT PRIMARY KEY,
  last_polled_at       BIGINT,
  last_outcome         TEXT,
  last_code            INTEGER,
  last_reason          TEXT,
  consecutive_failures INTEGER NOT NULL DEFAULT 0,
  landed_path          TEXT,
  landed_size_bytes    BIGINT,
  landed_mtime         TEXT,
  landed_file_key      TEXT,
  landed_etag          TEXT,
  landed_last_modified TEXT,
  landed_fingerprint   TEXT,
  landed_verified_by   TEXT,
  landed_at            BIGINT,
  landed_transfer_id   TEXT
);

CREATE TABLE poll (
  id          TEXT PRIMARY KEY,
  started_at  BIGINT NOT NULL,
  finished_at BIGINT,
  due         INTEGER
);

CREATE TABLE transfer (
  id                    TEXT PRIMARY KEY,
  source_id             TEXT NOT NULL REFERENCES source (id) DEFERRABLE INITIALLY DEFERRED,
  poll_id               TEXT REFERENCES poll (id),
  target                TEXT NOT NULL,
  state                 TEXT NOT NULL,
  version               BIGINT NOT NULL,
  attempts              INTEGER NOT NULL,
  etag                  TEXT,
  last_modified         TEXT,
  length_bytes          BIGINT,
  received_bytes        BIGINT NOT NULL,
  fetched_bytes         BIGINT NOT NULL,
  code                  INTEGER,
  reason                TEXT,
  next_attempt_at       BIGINT,
  worker                TEXT,
  part_file             TEXT,
  delivering_size_bytes BIGINT,
  delivering_mtime      TEXT,
  delivering_file_key   TEXT,
  verified_by           TEXT,
  created_at            BIGINT NOT NULL,
  updated_at            BIGINT NOT NULL,
  ended_at              BIGINT,
  superseded_by         TEXT,
  CHECK ((state IN ('LANDED', 'UNCHANGED', 'FAILED', 'CANCELLED')) = (ended_at IS NOT NULL))
);

CREATE UNIQUE INDEX transfer_active ON transfer (source_id) WHERE ended_at IS NULL;
CREATE INDEX transfer_source ON transfer (source_id, id);
CREATE INDEX transfer_poll ON transfer (poll_id);
CREATE INDEX transfer_dead_letter ON transfer (ended_at)
  WHERE state = 'FAILED' AND superseded_by IS NULL;

CREATE TABLE attempt (
  transfer_id    TEXT NOT NULL REFERENCES transfer (id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  started_at     BIGINT NOT NULL,
  ended_at       BIGINT,
  url            TEXT NOT NULL,
  range_start    BIGINT NOT NULL,
  received_bytes BIGINT NOT NULL,
  status         INTEGER,
  code           INTEGER,
  reason         TEXT,
  PRIMARY KEY (transfer_id, number)
);

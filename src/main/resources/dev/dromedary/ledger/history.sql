-- What Flyway leaves behind after the migrations, for a ledger that is made without starting it.
-- A test compares the two; it prints the checksum of a new migration when its line is missing here.

CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);
CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");

INSERT INTO flyway_schema_history
  (installed_rank, version, description, type, script, checksum, installed_by, execution_time,
   success)
VALUES
  (1, '1', 'ledger', 'SQL', 'V1__ledger.sql', 703779724, '', 0, 1),
  (2, '2', 'paused sources', 'SQL', 'V2__paused_sources.sql', -982263976, '', 0, 1),
  (3, '3', 'asked', 'SQL', 'V3__asked.sql', 21803975, '', 0, 1),
  (4, '4', 'resource', 'SQL', 'V4__resource.sql', 690098702, '', 0, 1),
  (5, '5', 'delivering for', 'SQL', 'V5__delivering_for.sql', -1254160530, '', 0, 1);

/** The first schema: one study, its trials and what was measured of them, and a journal of everything that happened. */
export const sql = `
CREATE TABLE study (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  source TEXT NOT NULL,
  application_version TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  updated_at_ms REAL NOT NULL,
  elapsed_ms REAL NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('new', 'running', 'paused', 'draining', 'finished', 'error')),
  state_reason TEXT,
  state_message TEXT
) STRICT;

CREATE TABLE trial (
  number INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'complete', 'stopped', 'failed')),
  attempt INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  configuration TEXT NOT NULL,
  explanation TEXT NOT NULL,
  created_at_ms REAL NOT NULL,
  worker TEXT,
  started_at_ms REAL,
  ended_at_ms REAL,
  told_order INTEGER UNIQUE,
  failure_reason TEXT,
  failure_message TEXT,
  failure_details TEXT,
  CHECK ((state IN ('complete', 'stopped', 'failed')) = (told_order IS NOT NULL)),
  CHECK ((state = 'failed') = (failure_reason IS NOT NULL))
) STRICT;
CREATE INDEX trial_by_state ON trial (state);

CREATE TABLE measurement (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  objective REAL NOT NULL,
  violation REAL NOT NULL,
  train_duration_ms REAL NOT NULL,
  test_duration_ms REAL NOT NULL,
  samples_trained INTEGER NOT NULL,
  samples_planned INTEGER NOT NULL,
  confusion TEXT NOT NULL,
  network_file TEXT,
  dataset_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX measurement_by_rank ON measurement (violation, objective);

CREATE TABLE silence_stop (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  layer TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sample INTEGER NOT NULL,
  non_spiking INTEGER NOT NULL,
  train_samples INTEGER NOT NULL,
  alpha INTEGER NOT NULL,
  beta REAL NOT NULL
) STRICT;

CREATE TABLE constraint_value (
  trial INTEGER NOT NULL REFERENCES trial (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (trial, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric (
  trial INTEGER NOT NULL REFERENCES trial (number) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (trial, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE interval (
  trial INTEGER NOT NULL REFERENCES trial (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  sample INTEGER NOT NULL,
  train_accuracy REAL,
  non_spiking TEXT NOT NULL,
  PRIMARY KEY (trial, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE spike_count (
  trial INTEGER NOT NULL REFERENCES trial (number) ON DELETE CASCADE,
  layer TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  deflated BLOB NOT NULL,
  PRIMARY KEY (trial, layer, epoch)
) STRICT;

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  at_ms REAL NOT NULL,
  kind TEXT NOT NULL,
  trial INTEGER,
  detail TEXT
) STRICT;
`

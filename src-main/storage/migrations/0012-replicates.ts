/**
 * Trials of several trainings: what each came to; the objective that they race against, fixed when the trial first begins so that
 * it comes to the same when it begins anew (null: none was known); and why a trial ended before its last replicate.
 */
export const sql = `
CREATE TABLE replicate (
  trial INTEGER NOT NULL REFERENCES trial (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  objective REAL NOT NULL,
  constraints TEXT NOT NULL,
  stop TEXT,
  train_duration_ms REAL NOT NULL,
  test_duration_ms REAL NOT NULL,
  samples_trained INTEGER NOT NULL,
  PRIMARY KEY (trial, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE race (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  incumbent REAL
) STRICT;
CREATE TABLE race_end (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  planned INTEGER NOT NULL,
  lost_by TEXT NOT NULL,
  bound REAL NOT NULL,
  threshold REAL NOT NULL
) STRICT;
`

/** Trials trained anew with other seeds and measured on the test images. */
export const sql = `
CREATE TABLE confirmation (
  id INTEGER PRIMARY KEY,
  started_at_ms REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped')),
  message TEXT
) STRICT;

CREATE TABLE confirmation_run (
  confirmation INTEGER NOT NULL REFERENCES confirmation (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  trial INTEGER NOT NULL REFERENCES trial (number),
  seed INTEGER NOT NULL,
  outcome TEXT,
  PRIMARY KEY (confirmation, position)
) STRICT, WITHOUT ROWID;
`

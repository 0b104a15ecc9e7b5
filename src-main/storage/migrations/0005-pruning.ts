/** Trials that were pruned: their learning curves were hopeless beside those of others. */
export const sql = `
CREATE TABLE pruned_stop (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  accuracy REAL NOT NULL,
  threshold REAL NOT NULL,
  trials INTEGER NOT NULL
) STRICT;
`

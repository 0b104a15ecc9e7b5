/** Why the trained network of a trial is not on disk although it was to be kept; a trial without a row had no such trouble. */
export const sql = `
CREATE TABLE network_problem (
  trial INTEGER PRIMARY KEY REFERENCES trial (number),
  problem TEXT NOT NULL
) STRICT;
`

/** What people say of trials, and how many workers they want for a study. */
export const sql = `
CREATE TABLE annotation (
  trial INTEGER PRIMARY KEY REFERENCES trial (number) ON DELETE CASCADE,
  note TEXT NOT NULL,
  tags TEXT NOT NULL,
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  excluded INTEGER NOT NULL CHECK (excluded IN (0, 1))
) STRICT;

ALTER TABLE study ADD COLUMN workers INTEGER CHECK (workers >= 0);

CREATE INDEX event_by_trial ON event (trial) WHERE trial IS NOT NULL;
`

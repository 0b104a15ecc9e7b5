/**
 * How long the last attempt at a trial took, measured by a clock that nobody can set; null: not known. Of trials that ended
 * before it was measured, it is what lies between their dates, unless a clock that was set back makes that less than nothing.
 */
export const sql = `
ALTER TABLE trial ADD COLUMN duration_ms REAL CHECK (duration_ms >= 0);
UPDATE trial SET duration_ms = ended_at_ms - started_at_ms
  WHERE ended_at_ms >= started_at_ms AND told_order IS NOT NULL AND worker <> '';
ALTER TABLE study ADD COLUMN slept_ms REAL NOT NULL DEFAULT 0;
`

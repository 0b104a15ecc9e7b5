/** What was measured of the datasets that trials were trained on, by their SHA-256: JSON (src-core/datasets/dataCard.ts). */
export const sql = `
CREATE TABLE dataset (
  sha256 TEXT NOT NULL UNIQUE,
  card TEXT NOT NULL
);
`

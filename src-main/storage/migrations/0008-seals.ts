/**
 * Seals, by which bit rot is noticed (../seals.ts): of trials, of what people say of them, of confirmations, of the study
 * itself; and the journal as a chain. What an older version wrote has none, and stays without.
 */
export const sql = `
ALTER TABLE trial ADD COLUMN seal BLOB;
ALTER TABLE annotation ADD COLUMN seal BLOB;
ALTER TABLE annotation ADD COLUMN damage TEXT;
ALTER TABLE confirmation ADD COLUMN seal BLOB;
ALTER TABLE event ADD COLUMN chain BLOB;
ALTER TABLE study ADD COLUMN journal_end INTEGER;
ALTER TABLE study ADD COLUMN seal BLOB;
ALTER TABLE measurement ADD COLUMN network_sha256 TEXT;
`

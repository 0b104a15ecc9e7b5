/** Seals of the cards of datasets (../seals.ts); those that an older version wrote have none. */
export const sql = `
ALTER TABLE dataset ADD COLUMN seal BLOB;
`

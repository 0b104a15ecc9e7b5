/** Where a person wants the workers of a study, instead of where its definition says: workers by device, JSON. */
export const sql = `
ALTER TABLE study ADD COLUMN devices TEXT;
`

/** What people say of the study (src-core/library/studyLabels.ts), JSON; null: nothing. The seal of the study covers it. */
export const sql = `
ALTER TABLE study ADD COLUMN labels TEXT;
`

/** Trials that no optimiser asked for are few, and counted whenever studies are listed. */
export const sql = `
CREATE INDEX trial_not_optimised ON trial (number) WHERE substr(explanation, 1, 10) = '{"askedBy"';
`

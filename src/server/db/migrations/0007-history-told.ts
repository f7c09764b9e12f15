/**
 * Whether the log of use says already that the history of a part was brought to the device that holds it
 * (SPEC Y2). It is forgotten with the part.
 */
const sql = `
ALTER TABLE device_scope ADD COLUMN history_told boolean NOT NULL DEFAULT false;
`;

export const historyTold = { number: 7, name: 'history-told', sql };

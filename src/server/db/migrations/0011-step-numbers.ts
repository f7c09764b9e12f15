/**
 * The number of a device's last step, by which a region that went back to a backup is told from a copy of the
 * device (SPEC I2); the epoch says nothing more than that.
 */
const sql = `
ALTER TABLE device DROP COLUMN step_epoch;
ALTER TABLE device ADD COLUMN last_step_number bigint;
`;

export const stepNumbers = { number: 11, name: 'step-numbers', sql };

/** Where each device stands with its requests, so that a copy of it is noticed, and what replaced it then. */
const sql = `
ALTER TABLE device
  -- The last step taken of it and the epoch of that time (SPEC I2).
  ADD COLUMN last_step text COLLATE "C",
  ADD COLUMN step_epoch uuid,
  -- Since when it is known to be one of two copies, each of which has another id from then on (I4).
  ADD COLUMN replaced_at timestamptz,
  -- Whose copy it is.
  ADD COLUMN replaces uuid;
-- Which device went on in the place of the session's own: an answer that was lost is given once more (I5).
ALTER TABLE session ADD COLUMN rekeyed_to uuid;
`;

export const deviceSteps = { number: 10, name: 'device-steps', sql };

/**
 * In which order clients enter a device: one's own before those of an absent colleague, and these before
 * the unit's round, so that a first sync of thousands shows the few that are one's own at once (SPEC F5).
 */
const sql = `
ALTER TABLE device_scope ADD COLUMN turn smallint NOT NULL GENERATED ALWAYS AS (
  CASE grant_value ->> 'relation'
    WHEN 'absence' THEN 1
    WHEN 'round' THEN 2
    ELSE 0
  END) STORED;
CREATE INDEX device_scope_turn ON device_scope (device_id, turn, case_id, compartment)
  WHERE state = 'entering';
`;

export const ownClientsFirst = { number: 6, name: 'own-clients-first', sql };

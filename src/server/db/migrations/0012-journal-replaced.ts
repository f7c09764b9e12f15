/**
 * That a device was replaced, and by which other, stands in the journal of rights too: a restored region must
 * not take the old id of a copied device for one in use (SPEC E3, I4).
 */
const sql = `
DROP TRIGGER device_rights ON device;
CREATE TRIGGER device_rights
  AFTER INSERT OR UPDATE OF person_id, public_key, revoked_at, replaced_at, replaces ON device
  FOR EACH ROW EXECUTE FUNCTION note_rights('id', 'person_id', 'public_key', 'name', 'created_at',
    'last_seen_at', 'revoked_at', 'replaced_at', 'replaces');
`;

export const journalReplaced = { number: 12, name: 'journal-replaced', sql };

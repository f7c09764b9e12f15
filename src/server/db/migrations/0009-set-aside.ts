/**
 * The region's own key, by which it signs what leaves a device, and each device's last word of what is set
 * aside on it.
 */
const sql = `
-- Ed25519: PKCS #8 DER, and the raw public half. Made when the region's programs start.
ALTER TABLE region_state ADD COLUMN signing_key bytea;
ALTER TABLE region_state ADD COLUMN public_key bytea;
ALTER TABLE region_state ADD CHECK ((signing_key IS NULL) = (public_key IS NULL));

-- Ids and codes, nothing that somebody wrote.
ALTER TABLE device ADD COLUMN set_aside jsonb NOT NULL DEFAULT '[]';
`;

export const setAside = { number: 9, name: 'set-aside', sql };

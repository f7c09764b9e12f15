/**
 * Sessions that live on while their short tokens change, the identities that the region's provider
 * vouches for, and proofs that were used once. Sessions of before have no token to renew themselves by:
 * everybody signs in once more.
 */
const sql = `
DROP TABLE session;
CREATE TABLE session (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  device_id uuid NOT NULL REFERENCES device (id),
  way text NOT NULL CHECK (way IN ('account', 'provider')),
  -- Whom the provider named and in which of its own sessions: when that one ends, so does this.
  issuer text,
  subject text,
  provider_session text,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  -- When it ends however much it is used.
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- SHA-256 of the refresh token that holds now, and of the one before it.
  refresh_hash bytea NOT NULL,
  previous_refresh_hash bytea,
  -- When the one before was first answered, which pair of tokens holds, and whether that pair was used.
  refreshed_at timestamptz NOT NULL,
  generation int NOT NULL DEFAULT 1,
  pair_used boolean NOT NULL DEFAULT false,
  CHECK ((way = 'provider') = (issuer IS NOT NULL AND subject IS NOT NULL))
);
CREATE INDEX session_person ON session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_device ON session (device_id) WHERE ended_at IS NULL;
CREATE INDEX session_subject ON session (issuer, subject) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at);

-- Good for minutes. A request under way when its session was renewed may still end with the older one.
CREATE TABLE access_token (
  -- SHA-256 of the token, which only the device has.
  token_hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  generation int NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX access_token_session ON access_token (session_id);

-- Which person of the directory the provider means. Never found by name alone.
CREATE TABLE provider_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX provider_identity_person ON provider_identity (person_id);

-- Id tokens and logout tokens that were taken, until they would have run out anyway.
CREATE TABLE used_proof (
  hash bytea PRIMARY KEY,
  until timestamptz NOT NULL
);
CREATE INDEX used_proof_until ON used_proof (until);

-- How many sign-ins a day went how. Of a refused one nothing is kept but the number.
CREATE TABLE sign_in_count (
  day date NOT NULL,
  way text NOT NULL,
  outcome text NOT NULL,
  count int NOT NULL,
  PRIMARY KEY (day, way, outcome)
);
CREATE INDEX person_registers_number ON person (registers_number)
  WHERE registers_number IS NOT NULL;
`;

export const identity = { number: 5, name: 'identity', sql };

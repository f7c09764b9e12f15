import { config } from 'zod';

// Zod compiles schemas to code where it may. The window's content security policy forbids that and
// reports the attempt, so the attempt is not made. Must run before the first schema is made.
config({ jitless: true });

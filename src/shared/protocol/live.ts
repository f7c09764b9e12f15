import { z } from 'zod';

/** What the server says over the WebSocket: only that there is something to pull. */
export const liveMessage = z.object({ type: z.literal('news') });
export type LiveMessage = z.infer<typeof liveMessage>;

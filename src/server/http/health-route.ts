import { z } from 'zod';
import type { RegionContext } from '../region/context.ts';
import type { RegionApp } from './region-app.ts';

const health = z.object({ status: z.enum(['ok', 'database-away']) });

/** For balancers and operators: does this process answer, and does its database? */
export const healthRoute = (app: RegionApp, { db }: RegionContext): void => {
  app.get(
    '/health',
    { config: { open: true }, schema: { response: { 200: health, 503: health } } },
    async (_request, reply) => {
      try {
        await db.query('SELECT 1');
        return { status: 'ok' as const };
      } catch {
        return reply.code(503).send({ status: 'database-away' as const });
      }
    },
  );
};

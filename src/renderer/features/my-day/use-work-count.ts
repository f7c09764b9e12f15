import { useCountWorkQuery } from '#renderer/store/calls/clients-api.ts';
import { useToday } from '#renderer/store/use-now.ts';

/** How many lines of the day ask for something. */
export const useWorkCount = (): number => useCountWorkQuery(useToday()).data?.count ?? 0;

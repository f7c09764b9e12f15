/** People, units, tasks, relations in bulk and devices. */
export const administrationCalls = {} as const;

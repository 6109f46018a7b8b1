import { z } from 'zod';

/** Looks at what is protected; they stand on a timeline of their own, `audit:<case>`, that nobody's work is lost in (X3). */
export const auditEvents = {
	/** Somebody opened a thing of the case, `kind:id`. */
	'audit.opened': z.object({ thing: z.string() }),
} as const;

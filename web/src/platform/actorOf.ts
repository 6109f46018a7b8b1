import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { Me } from '@counter-hub/shared/people/people.ts';

/** Whoever is signed in, as policies ask (`may.openCase(actor)`). */
export const actorOf = (me: Me | null): Actor | null => (me ? { ...me.staff, staffId: me.staff.id } : null);

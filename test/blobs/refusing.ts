import { expect } from 'vitest';
import type { TestHub } from '../platform/newHub.ts';

/** Meanwhile the database takes no document into the collection that would be like `such`: what is at work breaks off there. */
export async function refusing(
	hub: TestHub,
	collection: string,
	such: object,
	work: () => Promise<unknown>,
): Promise<void> {
	const { db } = hub.context.connection;
	await db?.command({ collMod: collection, validator: { $nor: [such] } });
	await expect(work()).rejects.toMatchObject({ code: 121 });
	await db?.command({ collMod: collection, validator: {} });
}

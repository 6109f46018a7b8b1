import type { TestProject } from 'vitest/node';
import { startMongod } from './mongod.ts';

/** One real mongod for the whole run; each test takes a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const mongod = await startMongod();
	project.provide('mongodUrl', mongod.url);
	return () => mongod.remove();
}

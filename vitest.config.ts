import { defineConfig } from 'vitest/config';

/**
 * Real servers and browsers on a busy machine; what is polled may take its time. Files of one worker share the modules
 * that they load, which takes seconds for each: what a test changes it gives back, or it belongs to its own hub.
 */
const slow = {
	testTimeout: 240_000,
	hookTimeout: 120_000,
	isolate: false,
	expect: { poll: { timeout: 45_000, interval: 100 } },
};

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: ['{shared,hub-server,media-server}/src/**/*.test.ts', 'test/**/*.unit.test.ts'],
					// Some start a process or try thousands of values, on a machine that may be busy.
					testTimeout: 60_000,
				},
			},
			{
				test: {
					// Checks and unit tests of the tree in another shape; no servers.
					name: 'structure',
					include: ['test/structure/**/*.test.ts'],
					hookTimeout: 60_000,
				},
			},
			{
				test: {
					name: 'integration',
					include: ['test/**/*.test.ts'],
					exclude: [
						'**/node_modules/**',
						'test/**/*.unit.test.ts',
						'test/**/*.e2e.test.ts',
						'test/structure/**',
					],
					globalSetup: ['test/platform/globalSetup.ts'],
					setupFiles: ['test/platform/afterFile.ts'],
					// They wait more than they work: for a hub to find out, for a process to start.
					maxWorkers: 3,
					...slow,
				},
			},
			{
				test: {
					// Only `npm run soak` runs it.
					name: 'soak',
					include: ['test/**/*.soak.ts'],
					globalSetup: ['test/platform/globalSetup.ts'],
					setupFiles: ['test/platform/afterFile.ts'],
					...slow,
				},
			},
			{
				test: {
					name: 'e2e',
					include: ['test/**/*.e2e.test.ts'],
					globalSetup: ['test/platform/globalSetup.ts'],
					setupFiles: ['test/platform/afterFile.ts', 'test/platform/afterFlow.ts'],
					maxWorkers: 1,
					fileParallelism: false,
					...slow,
				},
			},
		],
	},
});

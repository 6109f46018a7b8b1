/**
 * Imports go one way: shared ← servers, shared ← web; platform never knows a feature.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Files that import each other cannot be read from top to bottom.',
			severity: 'error',
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
		},
		{
			name: 'no-unresolvable',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true, pathNot: '^(\\$app|\\$env|\\./\\$types|virtual:)|\\.wasm\\?url$' },
		},
		{
			name: 'shared-stands-alone',
			comment: 'shared/ is what both ends agree on; it knows neither end.',
			severity: 'error',
			from: { path: '^shared/' },
			to: {
				path: '^(hub-server|media-server|web|test|scripts)/|node_modules/(mongoose|mongodb|mediasoup|socket\\.io|express|svelte)',
			},
		},
		{
			name: 'shared-runs-everywhere',
			comment:
				'What the page takes too needs nothing of Node; what only servers do alike stands in shared/src/server.',
			severity: 'error',
			from: { path: '^shared/src/', pathNot: '^shared/src/server/|\\.test\\.ts$' },
			to: { path: '^shared/src/server/|node_modules/(pino|prom-client|rate-limiter-flexible)/' },
		},
		{
			name: 'shared-runs-everywhere-core',
			comment: 'No core module of Node either.',
			severity: 'error',
			from: { path: '^shared/src/', pathNot: '^shared/src/server/|\\.test\\.ts$' },
			to: { dependencyTypes: ['core'] },
		},
		{
			name: 'server-parts-are-for-servers',
			severity: 'error',
			from: { path: '^web/' },
			to: { path: '^shared/src/server/' },
		},
		{
			name: 'hub-never-touches-media',
			severity: 'error',
			from: { path: '^hub-server/' },
			to: { path: '^(media-server|web|test)/|node_modules/mediasoup' },
		},
		{
			name: 'media-never-touches-the-database',
			severity: 'error',
			from: { path: '^media-server/' },
			to: { path: '^(hub-server|web|test)/|node_modules/(mongoose|mongodb)/' },
		},
		{
			name: 'web-talks-through-shared',
			severity: 'error',
			from: { path: '^web/' },
			to: { path: '^(hub-server|media-server|test|scripts)/|node_modules/(mongoose|mongodb|mediasoup)/' },
		},
		{
			name: 'platform-knows-no-feature',
			severity: 'error',
			from: { path: '^(hub-server|media-server|web)/src/platform/' },
			to: { path: '/src/(features|ui|routes)/' },
		},
		{
			name: 'ui-knows-no-feature',
			severity: 'error',
			from: { path: '^web/src/ui/' },
			to: { path: '^web/src/(features|routes)/' },
		},
		{
			name: 'routes-are-leaves',
			severity: 'error',
			from: { path: '^web/src/(features|ui|platform)/' },
			to: { path: '^web/src/routes/' },
		},
		{
			name: 'product-never-imports-tests',
			severity: 'error',
			from: { path: '^(shared|hub-server|media-server|web)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^test/|node_modules/vitest|\\.test\\.ts$' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '(^|/)(build|\\.svelte-kit|paraglide)/' },
		tsPreCompilationDeps: true,
		combinedDependencies: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'require', 'node', 'default'],
			extensions: ['.ts', '.mjs', '.js', '.svelte', '.json'],
		},
	},
};

import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const svelteFiles = ['**/*.svelte', '**/*.svelte.ts'];

export default defineConfig(
	globalIgnores([
		'**/node_modules/',
		'**/build/',
		'**/.svelte-kit/',
		'web/src/paraglide/',
		'.data/',
		'test-results/',
		'coverage/',
	]),
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	js.configs.recommended,
	{
		files: ['**/*.ts', '**/*.svelte'],
		extends: [ts.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: {
				projectService: true,
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.svelte'],
			},
		},
		rules: {
			// TypeScript finds undefined names itself, and knows the globals of each environment.
			'no-undef': 'off',
			// Fires on Mongoose's `class extends model(…)` and on schemas.
			'@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/consistent-type-definitions': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// `() => void socket.emit(…)` and `() => (x = y)` say what they mean.
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
			eqeqeq: 'error',
			'no-console': 'error',
		},
	},
	svelte.configs.recommended,
	{
		files: svelteFiles,
		languageOptions: { parserOptions: { parser: ts.parser } },
		rules: {
			// State that others change during a wait, which the type checker does not see.
			'@typescript-eslint/no-unnecessary-condition': 'off',
			'svelte/prefer-svelte-reactivity': 'off',
			// Pages are served from the root of the hub's own origin.
			'svelte/no-navigation-without-resolve': 'off',
		},
	},
	// Types of components are what svelte-check looks at; linting each of them with types again is slow. Modules are
	// TypeScript as they stand.
	{ files: ['**/*.svelte.ts'], languageOptions: { parser: ts.parser } },
	{ files: ['**/*.svelte'], extends: [ts.configs.disableTypeChecked] },
	{
		files: ['test/**/*.ts'],
		rules: {
			'@typescript-eslint/no-non-null-assertion': 'off',
		},
	},
	{
		files: ['test/bench/**/*.ts', 'test/pictures/**/*.ts', '**/main.ts', '**/cli.ts', '**/cli/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		// Plain JavaScript that Node 20 runs; Node's globals.
		files: ['scripts/**/*.mjs', '**/*.cjs'],
		languageOptions: {
			globals: Object.fromEntries(
				['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval']
					.concat('fetch', 'AbortSignal', 'AbortController', 'structuredClone', 'performance', 'module')
					.map((name) => [name, 'readonly']),
			),
		},
	},
	{
		files: ['web/static/**/*.js'],
		languageOptions: { globals: { document: 'readonly', localStorage: 'readonly', window: 'readonly' } },
	},
	prettier,
	svelte.configs.prettier,
);

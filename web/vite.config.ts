import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** While developing the page alone, the hub is reached through Vite so that both share one origin. */
const hub = process.env['HUB_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/paraglide',
			strategy: ['localStorage', 'baseLocale'],
		}),
		sveltekit({
			adapter: adapter({ fallback: '200.html', precompress: true }),
			csp: { mode: 'hash', directives: { 'script-src': ['self'] } },
		}),
	],
	ssr: { noExternal: ['cookie'] },
	// The Host header stays the page's own: the hub compares it with the Origin.
	server: {
		proxy: {
			'/api': { target: hub, changeOrigin: false },
			'/readyz': { target: hub, changeOrigin: false },
			'/socket.io': { target: hub, changeOrigin: false, ws: true },
		},
	},
});

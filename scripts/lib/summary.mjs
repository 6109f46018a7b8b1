import { join } from 'node:path';

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/**
 * What a person needs to know once all is up: the address, who may sign in, where things lie.
 * @param {{ url: string, signIns: import('./demoData.mjs').SignIn[], authority: string | undefined }} running
 * @param {import('./options.mjs').Options} options
 */
export function summary({ url, signIns, authority }, options) {
	const lines = ['', `Counter Hub is ready:  ${url}`, ''];
	if (signIns.length > 0) {
		const rows = signIns.map(({ city, role, name, password }) => [
			city,
			role,
			name,
			password ?? '(as shown at the first start)',
		]);
		lines.push(...table([['City', 'Role', 'Sign-in name', 'Password'], ...rows]), '');
	}
	if (authority) {
		lines.push(
			`Browsers of other machines trust this address once they have imported ${authority}`,
			'(how: npm start -- --help).',
			'',
		);
	}
	lines.push(`Data, secrets and logs: ${options.dataDir} (logs in ${join(options.dataDir, 'logs')})`);
	lines.push('Stop with Ctrl-C.', '');
	return `${lines.join('\n')}\n`;
}

/** @param {string[][]} rows the first is the heading */
function table(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
	const text = (/** @type {string[]} */ row) =>
		`  ${row.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join('  ')}`.trimEnd();
	return [text(rows[0]), `  ${widths.map((n) => '─'.repeat(n)).join('  ')}`, ...rows.slice(1).map(text)];
}

/** In columns of a terminal: Chinese characters take two. @param {string} text */
function width(text) {
	return text.length + (text.match(wide)?.length ?? 0);
}

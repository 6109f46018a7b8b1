/**
 * How to call npm with a given Node: the npm that runs this script, else the one on the path.
 * @param {string} node
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(node) {
	const cli = process.env.npm_execpath;
	return cli?.endsWith('npm-cli.js') ? [node, [cli]] : ['npm', []];
}

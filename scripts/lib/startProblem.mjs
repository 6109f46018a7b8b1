/** A failure that the person at the keyboard can mend: what happened, and what to do about it. */
export class StartProblem extends Error {
	/**
	 * @param {string} message what happened
	 * @param {string} remedy what to do
	 */
	constructor(message, remedy) {
		super(message);
		this.name = 'StartProblem';
		this.remedy = remedy;
	}
}

/**
 * The text shown for any failure; a full disk is recognised wherever it strikes.
 * @param {unknown} error
 * @returns {{ message: string, remedy: string }}
 */
export function explain(error) {
	const message = error instanceof Error ? error.message : String(error);
	const code = error instanceof Error && 'code' in error ? error.code : '';
	if (code === 'ENOSPC' || code === 'EDQUOT' || /no space left|disk quota|ENOSPC/i.test(message)) {
		return {
			message: `The disk is full. (${firstLine(message)})`,
			remedy:
				'Free about 3 GB where this folder, the cache (~/.cache/counter-hub) and /tmp lie, then start again.',
		};
	}
	if (error instanceof StartProblem) return { message, remedy: error.remedy };
	if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
		return {
			message: `No right to write: ${firstLine(message)}`,
			remedy:
				'Give this user the right to that path, or set DATA_DIR and XDG_CACHE_HOME to folders of his own.',
		};
	}
	return {
		message,
		remedy: 'If a second attempt fails alike, delete ~/.cache/counter-hub and node_modules, and start again.',
	};
}

/** @param {string} text */
function firstLine(text) {
	return text.split('\n', 1)[0] ?? '';
}

import { NodeLine } from './NodeLine.ts';

const lines = new Map<string, NodeLine>();

/** This page's line to that node: one, whoever asks. It is gone when its last member has left. */
export function lineTo(signalUrl: string, pageId: string): NodeLine {
	const key = `${pageId} ${signalUrl}`;
	let line = lines.get(key);
	if (!line) {
		line = new NodeLine(signalUrl, pageId, () => lines.delete(key));
		lines.set(key, line);
	}
	return line;
}

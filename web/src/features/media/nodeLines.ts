import type { MediaPath } from './mediaTypes.ts';
import { NodeLine } from './NodeLine.ts';

const lines = new Map<string, NodeLine>();

/** This page's line to that node: one by each path, whoever asks. It is gone when its last member has left. */
export function lineTo(signalUrl: string, pageId: string, path?: MediaPath): NodeLine {
	const key = `${pageId} ${signalUrl} ${path ?? ''}`;
	let line = lines.get(key);
	if (!line) {
		line = new NodeLine(signalUrl, pageId, () => lines.delete(key), path);
		lines.set(key, line);
	}
	return line;
}

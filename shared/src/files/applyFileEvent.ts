import type { EventView } from '../timeline/eventView.ts';
import { fileEvents } from './events.ts';
import type { SharedFile } from './files.ts';

export type SharedFiles = readonly SharedFile[];

type FileFact = Pick<EventView, 'type' | 'data' | 'at' | 'actor' | 'actorName'> & {
	about?: EventView['about'] | undefined;
};

/** Folds one event into the files of its case, in hub and page alike. Pure; the same object where nothing changes. */
export function applyFileEvent(
	files: SharedFiles,
	{ type, data, at, actor, actorName, about }: FileFact,
): SharedFiles {
	if (type === 'file.shared' && actor.kind === 'staff') {
		const content = fileEvents[type].parse(data);
		if (files.some(({ fileId }) => fileId === content.fileId)) return files;
		const { staffId, counterId, cityCode } = actor;
		const sharedBy = { staffId, name: actorName, counterId, cityCode };
		const sessionId = about?.sessionId ?? null;
		return [...files, { ...content, sharedAt: at, sharedBy, sessionId, withdrawn: null }];
	}
	if (type === 'file.withdrawn') {
		const { fileId, reason } = fileEvents[type].parse(data);
		return files.map((one) => (one.fileId === fileId ? { ...one, withdrawn: { reason, at } } : one));
	}
	return files;
}

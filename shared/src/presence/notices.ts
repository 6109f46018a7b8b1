import { presenceList } from './presence.ts';

export const presenceNotices = {
	'presence:changed': presenceList,
} as const;

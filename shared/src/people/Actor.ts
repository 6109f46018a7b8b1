import type { Post } from './people.ts';

/** Whoever asks: the post, and whether a password of one's own is still to be chosen. */
export interface Actor extends Post {
	staffId: string;
	mustChangePassword: boolean;
}

/** Clerks and approvers sit at a counter and work on cases; the others look on or administer. */
export const serves = ({ role }: Pick<Post, 'role'>): boolean => role === 'clerk' || role === 'approver';

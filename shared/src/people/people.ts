import { z } from 'zod';
import { CITIES_MAX, cityCode, knownCity } from '../cities/cities.ts';
import { characters, untrimmed } from '../codes/characters.ts';
import { commandId, counterId, signInId, staffId, windowId } from '../ids/ids.ts';
import { LIMITS } from '../limits/limits.ts';

/** clerk 专窗工作人员 · approver 许可地审查人员 · supervisor 监督人员 · administrator 系统管理员 */
export const role = z.enum(['clerk', 'approver', 'supervisor', 'administrator']).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

/** What a member of staff signs in with (工号), for example `310117-0203`. Case does not matter. */
export const signInName = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[a-z0-9][a-z0-9._-]{2,39}$/);
const displayName = characters(1, 40);

/**
 * The post of a person: one role, bound to a counter (clerk, approver) or to cities (supervisor, administrator).
 * `cities` of a clerk or approver is the one city of the counter.
 */
const post = z.object({
	role,
	cities: z.array(cityCode).min(1).max(CITIES_MAX),
	counterId: counterId.nullable(),
});
export type Post = z.infer<typeof post>;
/** One that somebody is given now. */
const givenPost = post.extend({ cities: z.array(knownCity).min(1).max(CITIES_MAX) });

export const staffView = z
	.object({
		id: staffId,
		name: z.string(),
		displayName: z.string(),
		...post.shape,
		disabled: z.boolean(),
		mustChangePassword: z.boolean(),
		/** Wrong passwords under this name within a day, from wherever. */
		failures: z
			.object({
				count: z.int(),
				lastAt: z.iso.datetime(),
				lastAddress: z.string(),
				/** Until when whoever guessed must wait; known devices and addresses that did not go on. */
				slowedUntil: z.iso.datetime().nullable(),
			})
			.nullable(),
		lastSignInAt: z.iso.datetime().nullable(),
		demo: z.boolean(),
		/** Rises with every change; sent back with a change so that two administrators do not overwrite each other. */
		version: z.int(),
	})
	.meta({ id: 'Staff' });
export type StaffView = z.infer<typeof staffView>;

const windowView = z
	.object({ id: windowId, number: z.int(), open: z.boolean(), version: z.int() })
	.meta({ id: 'Window' });
export type WindowView = z.infer<typeof windowView>;

/** Counter 专窗 with its centre 政务服务中心 (S4.1). */
export const counterView = z
	.object({
		id: counterId,
		cityCode,
		name: z.string(),
		centreName: z.string(),
		managingBody: z.string(),
		managingPerson: z.string(),
		address: z.string(),
		phone: z.string(),
		windows: z.array(windowView),
		version: z.int(),
	})
	.meta({ id: 'Counter' });
export type CounterView = z.infer<typeof counterView>;

/** The person who is signed in. */
export const me = z
	.object({
		staff: staffView,
		counter: counterView.nullable(),
		signInId,
		window: windowView.nullable(),
		serverTime: z.iso.datetime(),
	})
	.meta({ id: 'Me' });
export type Me = z.infer<typeof me>;

// ---- bodies ----
export const signInBody = z.strictObject({ name: signInName, password: untrimmed(1, 200) });
export const signInAnswer = z
	.object({ accessToken: z.string(), expiresAt: z.iso.datetime(), signInId, mustChangePassword: z.boolean() })
	.meta({ id: 'SignedIn' });
export type SignInAnswer = z.infer<typeof signInAnswer>;
export const refreshBody = z.strictObject({ signInId });
export const passwordBody = z.strictObject({
	current: untrimmed(1, 200),
	next: untrimmed(10, 200),
});
export const chooseWindowBody = z.strictObject({ windowId: windowId.nullable() });

/** Why a sign-in is over: by the person, in a tab or from the list; by a password; by an administrator; a stolen token. */
export const revocationReason = z.enum([
	'signedOut',
	'revoked',
	'passwordChanged',
	'passwordReset',
	'disabled',
	'theft',
]);
export type RevocationReason = z.infer<typeof revocationReason>;

export const signInView = z
	.object({
		id: signInId,
		createdAt: z.iso.datetime(),
		lastUsedAt: z.iso.datetime(),
		address: z.string(),
		userAgent: z.string(),
		current: z.boolean(),
	})
	.meta({ id: 'SignIn' });
export type SignInView = z.infer<typeof signInView>;

export const createStaffBody = z.strictObject({
	commandId,
	name: signInName,
	displayName,
	...givenPost.shape,
});
/** A change of a person; `version` is the one last read. */
export const updateStaffBody = z.strictObject({
	version: z.int(),
	displayName: displayName.optional(),
	post: givenPost.optional(),
	disabled: z.boolean().optional(),
});
/** A new or reset password is shown once to the administrator and must be changed at the first sign-in. */
export const oneTimePassword = z
	.object({ staff: staffView, password: z.string() })
	.meta({ id: 'OneTimePassword' });

const placeText = characters(0, 120);
export const updateCounterBody = z.strictObject({
	version: z.int(),
	name: characters(1, 120).optional(),
	centreName: characters(1, 120).optional(),
	managingBody: placeText.optional(),
	managingPerson: placeText.optional(),
	address: placeText.optional(),
	phone: placeText.optional(),
});
export const createCounterBody = updateCounterBody
	.omit({ version: true })
	.required({ name: true, centreName: true })
	.extend({ commandId, cityCode: knownCity, windows: z.int().min(1).max(40) });
export const createWindowBody = z.strictObject({ commandId, number: z.int().min(1).max(99) });
export const updateWindowBody = z.strictObject({ version: z.int(), open: z.boolean() });

/** People of the administrator's cities; `text` matches sign-in or display name, the cursor is the last name seen. */
export const staffQuery = z.strictObject({
	text: characters(0, 60).optional(),
	counterId: counterId.optional(),
	cursor: z.string().max(40).optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
export const staffPage = z
	.object({ staff: z.array(staffView), nextCursor: z.string().nullable() })
	.meta({ id: 'StaffPage' });

import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { counterId, staffId, windowId } from '../ids/ids.ts';
import { slot } from './slots.ts';
import { weekday } from './week.ts';

export const ROTA_LIMITS = {
	/** Weeks that one question may be about. */
	weeksPerQuestion: 8,
	/** So many weeks ahead of this one may be planned. */
	weeksAhead: 26,
	/** Slots of one change: a week of the largest counter, 40 windows. */
	slotsPerChange: 1_120,
	/** Slots of one leave: a person has one for each half-day. */
	slotsPerLeave: 14,
	/** Of the reason of a leave, in characters. */
	reason: { least: 2, most: 60 },
	/** People of a counter. */
	people: 200,
	/** The last changes after the publication that are told with a week; the timeline has all of them. */
	changesTold: 30,
} as const;

/** Somebody in a slot. */
const assignment = slot.extend({ staffId });
export type Assignment = z.infer<typeof assignment>;

/** Somebody is put into a slot, or nobody. */
export const slotChange = slot.extend({ staffId: staffId.nullable() });
export type SlotChange = z.infer<typeof slotChange>;

/** Leave 请假 from a slot, and who stands in 顶岗; with nobody the post is vacant 缺岗. The assignment stays as it is. */
const leave = assignment.extend({
	/** Only for those who plan. */
	reason: z.string().nullable(),
	substituteId: staffId.nullable(),
});
export type Leave = z.infer<typeof leave>;

/** What a week says of who is where. */
export interface Plan {
	/** Days on which the counter serves, ascending; the others need nobody. */
	readonly servedDays: readonly number[];
	/** Windows that serve in this week, in the order of their numbers. */
	readonly servedWindows: readonly string[];
	readonly assigned: readonly Assignment[];
	readonly leaves: readonly Leave[];
}

/** What became of a slot: `from` whom `to` whom. */
const slotMove = slot.extend({ from: staffId.nullable(), to: staffId.nullable() });
export type SlotMove = z.infer<typeof slotMove>;

/** A change of a week that was published already. */
const rotaChange = z.object({
	kind: z.enum(['planned', 'leave', 'substituted', 'leaveEnded']),
	at: z.iso.datetime(),
	by: staffId.nullable(),
	slots: z.array(slotMove),
	/** As they are since then, where they were changed. */
	servedDays: z.array(weekday).nullable(),
	servedWindows: z.array(windowId).nullable(),
});
export type RotaChange = z.infer<typeof rotaChange>;

/** `none`: nothing was planned yet; `draft` 草稿; `published` 已发布. */
const rotaState = z.enum(['none', 'draft', 'published']);
export type RotaState = z.infer<typeof rotaState>;

/** The rota 排班 of a counter and a week (S4.2). */
export const rotaView = z
	.object({
		counterId,
		cityCode,
		monday: z.iso.date(),
		/** Rises with every change; sent back with one, so that two planners do not overwrite each other. 0: none yet. */
		version: z.int(),
		state: rotaState,
		/** A week before this one, or too far ahead. */
		readOnly: z.boolean(),
		servedDays: z.array(weekday),
		/** Of a week in which nothing was planned: days beyond the calendar, taken as the weekly hours have them. */
		unknownDays: z.array(weekday),
		servedWindows: z.array(windowId),
		assigned: z.array(assignment),
		leaves: z.array(leave),
		/** As it was published first: what differs by now was changed later. */
		published: z
			.object({ at: z.iso.datetime(), by: staffId.nullable(), assigned: z.array(assignment) })
			.nullable(),
		changes: z.array(rotaChange),
		last: z.object({ at: z.iso.datetime(), by: staffId.nullable() }).nullable(),
		windows: z.array(z.object({ id: windowId, number: z.int(), open: z.boolean() })),
		/** Everybody of the counter, and whoever else is named here; `active`: may be assigned. */
		people: z.array(
			z.object({
				staffId,
				displayName: z.string(),
				role: z.enum(['clerk', 'approver']).nullable(),
				active: z.boolean(),
			}),
		),
	})
	.meta({ id: 'Rota' });
export type RotaView = z.infer<typeof rotaView>;

/** How a week stands, in short. */
export const rotaWeek = z
	.object({
		monday: z.iso.date(),
		state: rotaState,
		/** Slots of served days and windows with nobody in them. */
		uncovered: z.int(),
		/** Posts on leave without a substitute. */
		vacant: z.int(),
	})
	.meta({ id: 'RotaWeek' });
export type RotaWeek = z.infer<typeof rotaWeek>;

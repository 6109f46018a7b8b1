import { z } from 'zod';
import { cityCode, knownCity } from '../cities/cities.ts';
import { characters } from '../codes/characters.ts';
import { citizenId, phone, uscc } from '../codes/fields.ts';
import { freeText } from '../codes/freeText.ts';
import { itemNo, material } from '../catalogue/catalogue.ts';
import { caseId, commandId, counterId, personId, sessionId, staffId } from '../ids/ids.ts';
import { LIMITS } from '../limits/limits.ts';
import { conclusion, sessionState } from '../sessions/sessionTerms.ts';

/**
 * Where a case stands, as far as it is worked on here: opened, or as the last session left it.
 * 收件中 · 审查通过 · 待补正 · 建议不予受理 · 待另行联系
 */
const OWN_STATES = ['open', 'passed', 'correction', 'rejectionAdvised', 'contactPending'] as const;
export type OwnCaseState = (typeof OWN_STATES)[number];

/** What is shown of it: its own state, or over that 远程指导中, while a session is live. */
export const caseState = z.enum([...OWN_STATES, 'inSession']).meta({ id: 'CaseState' });
export type CaseState = z.infer<typeof caseState>;

/** 收件地 (the city that receives the papers) or 办理地 (the permit side); every act names it (国办发〔2020〕35号). */
export const duty = z.enum(['receiving', 'permit']).meta({ id: 'Duty' });
export type Duty = z.infer<typeof duty>;

export const openCaseBody = z.strictObject({
	commandId,
	enterprise: z.strictObject({ name: freeText(2, 100), uscc }),
	person: z.strictObject({ name: characters(2, 40), citizenId, phone }),
	itemNo,
	permitCounterId: counterId,
});
export type OpenCaseBody = z.infer<typeof openCaseBody>;

/** The applicant person as staff see it until they ask for more: masked. */
const maskedPerson = z
	.object({ id: personId, name: z.string(), citizenId: z.string(), phone: z.string() })
	.meta({ id: 'MaskedPerson' });
export type MaskedPerson = z.infer<typeof maskedPerson>;
export const unmaskBody = z.strictObject({ commandId, reason: freeText(4, 200) });
export const unmaskedPerson = maskedPerson.meta({ id: 'UnmaskedPerson' });

const place = z.object({ cityCode, counterId, counterName: z.string() });
const caseSummary = z
	.object({
		id: caseId,
		caseNo: z.string(),
		itemNo,
		itemName: z.string(),
		itemNameEn: z.string(),
		enterpriseName: z.string(),
		origin: place,
		permit: place,
		state: caseState,
		openedAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
		demo: z.boolean(),
	})
	.meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummary>;

/** A session as the case's record of calls shows it. */
const caseSession = z.object({
	id: sessionId,
	state: sessionState,
	requestedAt: z.iso.datetime(),
	answeredAt: z.iso.datetime().nullable(),
	endedAt: z.iso.datetime().nullable(),
	outcome: z.string().nullable(),
	conclusion: conclusion.nullable(),
});

export const caseDetail = caseSummary
	.extend({
		uscc: z.string(),
		usccWarning: z.boolean(),
		person: maskedPerson,
		materials: z.array(material),
		openedBy: z.object({ staffId, displayName: z.string() }),
		/** Sequence number of the last event on the case's timeline. */
		head: z.int(),
		sessions: z.array(caseSession),
	})
	.meta({ id: 'Case' });
export type CaseDetail = z.infer<typeof caseDetail>;

/** Filters of the case list; all may be combined, and the page keeps them in its address. */
export const caseQuery = z.strictObject({
	/** Matches case number, enterprise name, USCC or item name. */
	text: z.string().trim().max(100).optional(),
	state: caseState.optional(),
	itemNo: z.coerce.number().int().min(1).max(999).optional(),
	/** A city on either side of the case. */
	city: knownCity.optional(),
	/** `mine`: opened by me, or with a session of mine. */
	scope: z.enum(['mine', 'counter']).optional(),
	cursor: z.string().max(200).optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
export const casePage = z
	.object({ cases: z.array(caseSummary), nextCursor: z.string().nullable() })
	.meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof casePage>;

import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { commandId, counterId, staffId, windowId } from '../ids/ids.ts';
import { verdict } from '../links/linkTerms.ts';
import { mediaAdmission } from '../media/grant.ts';
import { CHECK_ITEMS, checkFinding, checkItem, checkMinimum, NEEDED_ITEMS } from './items.ts';

/** One item as it was last looked at. */
const checkedItem = z.object({
	at: z.iso.datetime(),
	by: staffId,
	verdict,
	found: checkFinding,
});

/** 开班检查 of one window on one day: every item as last looked at. */
export const windowCheck = z
	.object({
		windowId,
		counterId,
		cityCode,
		date: z.iso.date(),
		startedAt: z.iso.datetime(),
		/** When nothing that is needed was missing any more; null: something is. */
		checkedAt: z.iso.datetime().nullable(),
		items: z.partialRecord(checkItem, checkedItem),
		version: z.int(),
	})
	.meta({ id: 'WindowCheck' });
export type WindowCheck = z.infer<typeof windowCheck>;

/** Every item that is needed was looked at, and none of them failed. */
export const isChecked = (items: WindowCheck['items']): boolean =>
	NEEDED_ITEMS.every((item) => items[item] && items[item].verdict !== 'fail');
/** Items that were looked at, whatever came of it. */
export const countItems = (items: WindowCheck['items']): number =>
	CHECK_ITEMS.filter((item) => items[item] !== undefined).length;

/** The check of the window that this PC stands at, today; null: not begun. */
export const ownCheck = z
	.object({ date: z.iso.date(), check: windowCheck.nullable(), minimum: checkMinimum })
	.meta({ id: 'OwnCheck' });
export type OwnCheck = z.infer<typeof ownCheck>;

export const checkItemBody = z.strictObject({ commandId, windowId, found: checkFinding });
export const windowQuery = z.strictObject({ windowId });
/** Checks of a day, of all cities. */
export const checksQuery = z.strictObject({ date: z.iso.date().optional() });
export const checkList = z
	.object({ date: z.iso.date(), checks: z.array(windowCheck) })
	.meta({ id: 'CheckList' });

/** Two ways into a room of the own media node: what goes in by the first comes back by the second. */
export const nodeLoop = z
	.object({ there: mediaAdmission, back: mediaAdmission, nodeCity: cityCode.nullable() })
	.meta({ id: 'NodeLoop' });
export type NodeLoop = z.infer<typeof nodeLoop>;

/** A code to be shown on the screen, and read back by the scanner. */
export const scanCode = z
	.object({ text: z.string(), svg: z.string().describe('A QR code, a whole SVG document') })
	.meta({ id: 'ScanCode' });
export type ScanCode = z.infer<typeof scanCode>;

/** What a city asks of its devices. */
export const checkMinimumOfCity = z
	.object({
		/** Rises with each change; 0 while nobody has decided anything. */
		version: z.int(),
		minimum: checkMinimum,
	})
	.meta({ id: 'CheckMinimumOfCity' });
export type CheckMinimumOfCity = z.infer<typeof checkMinimumOfCity>;
/** `version`: the one last read, so that two administrators do not overwrite each other. */
export const checkMinimumBody = z.strictObject({
	commandId,
	version: z.int().min(0),
	minimum: checkMinimum,
});

import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';
import type { FormDefinition } from '@counter-hub/shared/forms/formDefinition.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../../HubContext.ts';
import { catalogue } from '../../catalogue/Catalogue.ts';
import { generalApplication } from './generalApplication.ts';
import { establishment } from './item01Establishment.ts';
import { legalRepresentativeChange } from './item05LegalRepresentative.ts';

/** Forms of their own; every other item that is filed at the counter has the general one. */
const OWN: readonly FormDefinition[] = [establishment, legalRepresentativeChange];

/** The forms of an item, in the order in which they are filled in. None where nothing is filed at the counter. */
export function formsOf(item: Item): readonly FormDefinition[] {
	const own = OWN.filter(({ itemNo }) => itemNo === item.no);
	if (own.length > 0 || item.guidanceOnly) return own;
	return [generalApplication(item)];
}

/** @throws AppError `unknownItem` */
export const formsOfItem = async (hub: HubContext, itemNo: number): Promise<readonly FormDefinition[]> =>
	formsOf(await catalogue(hub).require(itemNo));

/** @throws AppError `unknownForm` also for a form of another item */
export async function requireForm(hub: HubContext, itemNo: number, formId: string): Promise<FormDefinition> {
	const found = (await formsOfItem(hub, itemNo)).find((one) => one.formId === formId);
	if (!found) throw new AppError('unknownForm', { params: { itemNo } });
	return found;
}

import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { catalogue } from '../catalogue/Catalogue.ts';

/** @throws AppError `unknownMaterial` unless the item's list has that number */
export async function assertMaterial(hub: HubContext, itemNo: number, materialNo: number): Promise<void> {
	const { materials } = await catalogue(hub).require(itemNo);
	if (!materials.some(({ no }) => no === materialNo)) {
		throw new AppError('unknownMaterial', { params: { itemNo, materialNo } });
	}
}

import type { Feature } from '../../HubContext.ts';
import { importRoutes } from './import.routes.ts';
import { staffImportModel } from './StaffImport.model.ts';

/** People of a list 批量导入. */
export const imports: Feature = {
	name: 'imports',
	register(hub) {
		staffImportModel(hub.connection);
		importRoutes(hub);
	},
};

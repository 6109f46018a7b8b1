import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';
import type { PlannedLine } from './judgeLines.ts';

/** What an administrator has previewed last; a new preview takes its place, and time takes it away. */
interface StaffImport {
	/** The administrator. */
	_id: string;
	/** Of `lines`. */
	hash: string;
	lines: PlannedLine[];
	expiresAt: Date;
}

const schema = new Schema<StaffImport>(
	{
		_id: { type: String, required: true },
		hash: { type: String, required: true },
		lines: { type: Schema.Types.Mixed, required: true },
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'staff_imports', versionKey: false, minimize: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const staffImportModel = (connection: Connection): Model<StaffImport> =>
	modelOf<StaffImport>(connection, 'StaffImport', schema);

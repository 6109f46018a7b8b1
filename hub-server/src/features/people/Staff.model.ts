import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { Role, StaffView } from '@counter-hub/shared/people/people.ts';
import { pendingActs, type PendingAct } from './registerActs.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** A member of staff as stored. `version` rises with every change of the register. */
export interface StaffRecord {
	_id: string;
	name: string;
	displayName: string;
	/** Both names as searches compare them. */
	search: string;
	role: Role;
	cities: CityCode[];
	counterId: string | null;
	passwordHash: string;
	mustChangePassword: boolean;
	disabled: boolean;
	lastSignInAt: Date | null;
	demo: boolean;
	version: number;
	createdAt: Date;
	/** When something changed that other hubs must notice (post, disabled). */
	changedAt: Date;
	/** The command that registered the person; those of the seed have none. */
	commandId?: string;
	pendingActs: PendingAct[];
}

const schema = new Schema<StaffRecord>(
	{
		_id: { type: String, required: true },
		name: { type: String, required: true },
		displayName: { type: String, required: true },
		search: { type: String, required: true },
		role: { type: String, required: true },
		cities: { type: [String], required: true },
		counterId: { type: String, default: null },
		passwordHash: { type: String, required: true },
		mustChangePassword: { type: Boolean, required: true },
		disabled: { type: Boolean, default: false },
		lastSignInAt: { type: Date, default: null },
		demo: { type: Boolean, default: false },
		version: { type: Number, default: 1 },
		createdAt: { type: Date, required: true },
		changedAt: { type: Date, required: true },
		commandId: { type: String },
		pendingActs,
	},
	{ collection: 'staff', versionKey: false },
);
schema.index({ name: 1 }, { unique: true });
schema.index({ cities: 1, _id: 1 });
schema.index({ changedAt: 1 });
schema.index({ commandId: 1 }, { unique: true, sparse: true });
schema.index({ 'pendingActs.commandId': 1 }, { sparse: true });

export const staffModel = (connection: Connection): Model<StaffRecord> =>
	modelOf<StaffRecord>(connection, 'Staff', schema);

/** What a person is found by in the register. */
export const staffSearch = ({ name, displayName }: Pick<StaffRecord, 'name' | 'displayName'>): string =>
	searchForm(`${name}\n${displayName}`);

/** The post of a person, for the policies. */
export function actorOf(staff: StaffRecord): Actor {
	return {
		staffId: staff._id,
		role: staff.role,
		cities: [...staff.cities],
		counterId: staff.counterId,
		mustChangePassword: staff.mustChangePassword,
	};
}

/** A person as administrators, and the person, see them. */
export function staffViewOf(staff: StaffRecord, failures: StaffView['failures'] = null): StaffView {
	return {
		id: staff._id,
		name: staff.name,
		displayName: staff.displayName,
		role: staff.role,
		cities: [...staff.cities],
		counterId: staff.counterId,
		disabled: staff.disabled,
		mustChangePassword: staff.mustChangePassword,
		failures,
		lastSignInAt: staff.lastSignInAt?.toISOString() ?? null,
		demo: staff.demo,
		version: staff.version,
	};
}

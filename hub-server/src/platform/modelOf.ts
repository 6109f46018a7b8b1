import type { Connection, Model, Schema } from 'mongoose';

/** The connection's model of that name, made at the first call: whoever needs it just asks for it. */
export function modelOf<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
	const made: Model<T> | undefined = connection.models[name];
	return made ?? connection.model<T>(name, schema);
}

/** A reason as it was given. The same id for the same words: pressing again after a lost answer does nothing twice. */
export interface Reasoned {
	readonly commandId: string;
	readonly reason: string;
}

/** What ties a control to the label and the line below it (`Field`). */
export interface FieldTie {
	id: string;
	'aria-describedby': string;
	'aria-invalid': 'true' | undefined;
}

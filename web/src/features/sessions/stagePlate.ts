/** Why the stage shows no picture of now, or none at all. */
export type PlateWhat =
	| 'reconnecting'
	/** The other side's page is gone. */
	| 'left'
	| 'calling'
	| 'connecting'
	| 'covered'
	/** Its camera gives no new pictures. */
	| 'still'
	| 'nothing';

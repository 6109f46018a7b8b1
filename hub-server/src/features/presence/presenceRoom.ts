/** The room of everybody who may see presence. */
export const PRESENCE_ROOM = 'presence';

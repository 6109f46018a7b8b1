/** Id of the panel with the list of materials. */
export const MATERIALS_PANEL = 'materials';
